"""Events and Deliveries in ``/beheer/``: to read, and to try a Delivery again at once."""

from django.contrib import admin
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from .models import Delivery, Event


class ReadOnly(admin.ModelAdmin):
    """What happened is not edited."""

    show_full_result_count = False

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


class PendingFilter(admin.SimpleListFilter):
    """On its way, stuck, or delivered."""

    title = _("stand")
    parameter_name = "stand"

    def lookups(self, request, model_admin):
        return [("onderweg", _("Onderweg")), ("vast", _("Vastgelopen")), ("bezorgd", _("Bezorgd"))]

    def queryset(self, request, queryset):
        if self.value() == "onderweg":
            return queryset.pending()
        if self.value() == "vast":
            return queryset.stuck(timezone.now())
        if self.value() == "bezorgd":
            return queryset.filter(delivered_at__isnull=False)
        return queryset


@admin.register(Event)
class EventAdmin(ReadOnly):
    """What happened, newest first."""

    list_display = ["id", "op", "soort", "groep_id", "thread_id", "ding_soort", "ding_id"]
    list_filter = ["soort"]
    ordering = ["-id"]


@admin.register(Delivery)
class DeliveryAdmin(ReadOnly):
    """What is on its way to whom, newest first."""

    list_display = [
        "event",
        "outlet",
        "available_at",
        "claimed_until",
        "attempts",
        "last_error",
        "delivered_at",
    ]
    list_filter = [PendingFilter, "outlet"]
    list_select_related = ["event"]
    ordering = ["-id"]
    actions = ["opnieuw"]

    @admin.action(description=_("Nu opnieuw proberen"), permissions=["view"])
    def opnieuw(self, request, queryset):
        """Try again now: the worker picks it up at its next look."""
        tried = queryset.pending().update(available_at=timezone.now(), attempts=0)
        told = ngettext(
            "%(aantal)d bezorging wordt opnieuw geprobeerd.",
            "%(aantal)d bezorgingen worden opnieuw geprobeerd.",
            tried,
        )
        self.message_user(request, told % {"aantal": tried})
