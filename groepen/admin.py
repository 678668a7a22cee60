"""Of a Groep ``/beheer/`` knows the name and the settings, never what is in it.

Adding an organisatie to a Groep is done here, until the organisatie itself can be asked.
"""

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from groepen.models import Groep
from intranet.events.models import Event
from profielen.models import Organisatie


class GroepForm(forms.ModelForm):
    gesloten = forms.BooleanField(
        label=_("gesloten"), required=False, help_text=_("Alles blijft te lezen, niets kan erbij.")
    )

    class Meta:
        model = Groep
        fields = ("soort", "organisaties")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["gesloten"].initial = self.instance.is_gesloten
        if "organisaties" in self.fields:
            self.fields["organisaties"].queryset = Organisatie.objects.deelnemend()

    def clean_organisaties(self):
        if not self.cleaned_data["organisaties"]:
            raise ValidationError(_t("Een groep hoort bij minstens één organisatie."))
        return self.cleaned_data["organisaties"]


@admin.register(Groep)
class GroepAdmin(admin.ModelAdmin):
    form = GroepForm
    list_display = ("naam", "soort", "van", "aantal_leden", "aantal_gasten", "gesloten_op")
    list_filter = ("soort", ("gesloten_op", admin.EmptyFieldListFilter), "organisaties__deelname")
    search_fields = ("sorteernaam",)
    ordering = ("sorteernaam",)
    readonly_fields = ("naam", "slug", "aantal_leden", "aantal_gasten", "gemaakt_op", "gesloten_op")
    filter_horizontal = ("organisaties",)
    show_full_result_count = False
    fieldsets = (
        (None, {"fields": ("naam", "slug", "aantal_leden", "aantal_gasten", "gemaakt_op", "gesloten_op")}),
        (_("Instellingen"), {"fields": ("soort", "organisaties", "gesloten")}),
    )

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("organisaties")

    @admin.display(description=_("van"))
    def van(self, groep):
        return ", ".join(organisatie.naam for organisatie in groep.organisaties.all())

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    @transaction.atomic
    def save_model(self, request, obj, form, change):
        """The verbs do it, on a fresh Groep: the form already changed this one."""
        groep = Groep.objects.get(pk=obj.pk)
        if "soort" in form.changed_data:
            groep.wijzig(request.user, soort=form.cleaned_data["soort"])
        if form.cleaned_data["gesloten"] and not groep.is_gesloten:
            groep.sluit(request.user)
        elif not form.cleaned_data["gesloten"] and groep.is_gesloten:
            groep.heropen(request.user)

    @transaction.atomic
    def save_related(self, request, form, formsets, change):
        if "organisaties" not in form.changed_data:
            return
        groep = Groep.objects.get(pk=form.instance.pk)
        groep.organisaties.set(form.cleaned_data["organisaties"])
        groep.tel_leden()
        Event.record("groep.organisaties_gewijzigd", groep=groep, actor=request.user, ding=groep)
