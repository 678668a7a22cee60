"""What goes by mail or to a phone, in ``/beheer/``: to whom, of what kind, and what came of it, never what it
says.
"""

from datetime import datetime
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from intranet.events.admin import ReadOnly
from intranet.meldingen.models import VERSTUURD, Zending


class StandFilter(admin.SimpleListFilter):
    """Still to go, tried in vain, sent, or not sent after all."""

    title = _("stand")
    parameter_name = "stand"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list:
        return [
            ("wacht", _("Wacht")), ("mislukt", _("Wordt opnieuw geprobeerd")),
            ("verstuurd", _("Verstuurd")), ("niet", _("Niet verstuurd")),
        ]  # fmt: skip

    def queryset(self, request: HttpRequest, queryset: Any) -> QuerySet:
        if self.value() == "wacht":
            return queryset.open()
        if self.value() == "mislukt":
            return queryset.open().exclude(uitkomst="")
        if self.value() == "verstuurd":
            return queryset.verstuurd()
        if self.value() == "niet":
            return queryset.filter(klaar_op__isnull=False).exclude(uitkomst=VERSTUURD)
        return queryset


@admin.register(Zending)
class ZendingAdmin(ReadOnly):
    """What goes or went to whom, newest first; the question it is about stays unnamed.

    ``sleutel`` is the left half of the Message-ID: with it a letter is found in the mail server's log, and
    the other way round.
    """

    list_display = ["adres", "soort", "stand", "pogingen", "volgende_poging", "uitkomst", "klaar_op"]
    list_filter = [StandFilter, "soort"]
    list_select_related = ["gebruiker"]
    search_fields = ["gebruiker__email", "gebruiker__sorteernaam", "=sleutel"]
    ordering = ["-id"]
    fields = [
        "aan", "namens_wie", "soort", "stand", "pogingen", "volgende_poging", "uitkomst", "gemaakt_op",
        "klaar_op", "sleutel", "geclaimd_door", "geclaimd_tot",
    ]  # fmt: skip

    @admin.display(description=_("aan"), ordering="gebruiker__email")
    def adres(self, zending: Zending) -> str:
        return zending.gebruiker.email

    @admin.display(description=_("aan"))
    def aan(self, zending: Zending) -> str:
        return f"{zending.gebruiker.naam} ({zending.gebruiker.email})"

    @admin.display(description=_("namens"))
    def namens_wie(self, zending: Zending) -> str:
        return zending.namens.naam if zending.namens else ""

    @admin.display(description=_("stand"))
    def stand(self, zending: Zending) -> Any:
        if zending.klaar_op is not None:
            return _("Verstuurd") if zending.uitkomst == VERSTUURD else _("Niet verstuurd")
        if zending.geclaimd_tot is not None and zending.geclaimd_tot > timezone.now():
            return _("Gaat nu")
        return _("Wordt opnieuw geprobeerd") if zending.uitkomst else _("Wacht")

    @admin.display(description=_("volgende poging"), ordering="beschikbaar_op")
    def volgende_poging(self, zending: Zending) -> datetime | None:
        return zending.beschikbaar_op if zending.klaar_op is None else None
