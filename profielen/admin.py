"""Accounts, organisaties and Onderwerpen in ``/beheer/``.

What has a verb goes through it, so that an Event is recorded and the hooks run; nothing that carries
people or their words can be deleted here.
"""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from intranet.events.models import Event
from profielen.models import Afdeling, Gebruiker, Onderwerp, Organisatie, OrganisatieDomein


class NietVerwijderen(admin.ModelAdmin):
    """Nothing goes away here: deleting would skip the verbs."""

    show_full_result_count = False

    def has_delete_permission(self, request, obj=None):
        return False


class GebruikerForm(forms.ModelForm):
    class Meta:
        model = Gebruiker
        fields = (
            "email", "voornaam", "tussenvoegsel", "achternaam", "organisatie", "taal",
            "is_communitymanager", "is_staff", "is_superuser",
        )  # fmt: skip

    def clean_email(self):
        email = self.cleaned_data["email"].lower()
        if Gebruiker.objects.filter(email=email).exclude(pk=self.instance.pk).exists():
            raise ValidationError(_t("Er is al een account met dit e-mailadres."))
        return email


class StandFilter(admin.SimpleListFilter):
    """Active, blocked or ended."""

    title = _("stand")
    parameter_name = "stand"

    def lookups(self, request, model_admin):
        return [
            ("actief", _("Mag inloggen")), ("geblokkeerd", _("Geblokkeerd")), ("beeindigd", _("Uit dienst")),
        ]  # fmt: skip

    def queryset(self, request, queryset):
        if self.value() == "actief":
            return queryset.actief()
        if self.value() == "geblokkeerd":
            return queryset.filter(is_active=False, beeindigd_op=None)
        if self.value() == "beeindigd":
            return queryset.filter(is_active=False, beeindigd_op__isnull=False)
        return queryset


@admin.register(Gebruiker)
class GebruikerAdmin(NietVerwijderen):
    """Accounts. Their owners set the password, and change the address under ``/account/``."""

    form = GebruikerForm
    list_display = ("naam", "email", "organisatie", "mag_inloggen", "is_staff", "is_communitymanager")
    list_display_links = ("naam", "email")
    list_filter = (StandFilter, "is_staff", "is_communitymanager", "organisatie__deelname")
    list_select_related = ("organisatie",)
    search_fields = ("email", "sorteernaam")
    ordering = ("sorteernaam", "pk")
    autocomplete_fields = ("organisatie",)
    actions = ("blokkeer", "beeindig", "laat_weer_toe")
    fieldsets = (
        (None, {"fields": ("email", "voornaam", "tussenvoegsel", "achternaam", "organisatie", "taal")}),
        (_("Wat iemand mag"), {"fields": ("is_communitymanager", "is_staff", "is_superuser")}),
        (
            _("Stand"),
            {"fields": ("mag_inloggen", "aangemeld_op", "last_login", "geblokkeerd_op", "beeindigd_op")},
        ),
    )

    @admin.display(boolean=True, description=_("mag inloggen"), ordering="is_active")
    def mag_inloggen(self, gebruiker):
        return gebruiker.is_active

    def get_readonly_fields(self, request, obj=None):
        velden = ["mag_inloggen", "aangemeld_op", "last_login", "geblokkeerd_op", "beeindigd_op"]
        if obj is not None:
            velden.append("email")
        if not request.user.is_superuser or obj == request.user:
            # Nobody gives themselves more, or locks themselves out.
            velden += ["is_staff", "is_superuser"]
        return velden

    @transaction.atomic
    def save_model(self, request, obj, form, change):
        if not change:
            velden = {veld: form.cleaned_data[veld] for veld in form.cleaned_data if veld != "email"}
            nieuw = Gebruiker.objects.create_user(form.cleaned_data["email"], **velden)
            obj.__dict__.update(nieuw.__dict__)
            Event.record("gebruiker.gemaakt", actor=request.user, ding=obj)
            return
        gewijzigd = [veld for veld in form.changed_data if veld != "organisatie"]
        nieuwe_organisatie = obj.organisatie
        obj.organisatie = Gebruiker.objects.select_related("organisatie").get(pk=obj.pk).organisatie
        obj.save(update_fields=gewijzigd or ["sorteernaam"])
        if gewijzigd:
            Event.record("gebruiker.gewijzigd", actor=request.user, ding=obj)
        obj.wissel_organisatie(nieuwe_organisatie, request.user)

    @admin.action(description=_("Blokkeer: meteen uitloggen, niet meer inloggen"), permissions=["change"])
    def blokkeer(self, request, queryset):
        self._doe(request, queryset.filter(is_active=True), "blokkeer")

    @admin.action(description=_("Uit dienst: account beëindigen"), permissions=["change"])
    def beeindig(self, request, queryset):
        self._doe(request, queryset.filter(beeindigd_op=None), "beeindig")

    @admin.action(description=_("Laat weer toe"), permissions=["change"])
    def laat_weer_toe(self, request, queryset):
        self._doe(request, queryset.filter(is_active=False), "laat_weer_toe")

    def _doe(self, request, queryset, werkwoord):
        if queryset.filter(pk=request.user.pk).exists():
            self.message_user(request, _t("Je eigen account kun je hier niet stopzetten."), messages.WARNING)
        aantal = 0
        for gebruiker in queryset.exclude(pk=request.user.pk):
            getattr(gebruiker, werkwoord)(request.user)
            aantal += 1
        gedaan = ngettext("%d account is aangepast.", "%d accounts zijn aangepast.", aantal) % aantal
        self.message_user(request, gedaan)


class OrganisatieDomeinInline(admin.TabularInline):
    model = OrganisatieDomein
    extra = 0


@admin.register(Organisatie)
class OrganisatieAdmin(NietVerwijderen):
    list_display = ("naam", "soort", "deelname")
    list_filter = ("deelname", "soort")
    search_fields = ("sorteernaam", "naam")
    ordering = ("sorteernaam",)
    inlines = (OrganisatieDomeinInline,)

    @transaction.atomic
    def save_model(self, request, obj, form, change):
        # An empty address is "not known", and only one row may be empty when it is text.
        obj.identificatie = obj.identificatie or None
        super().save_model(request, obj, form, change)
        soort = "organisatie.gewijzigd" if change else "organisatie.gemaakt"
        Event.record(soort, actor=request.user, ding=obj)


class AfdelingForm(forms.ModelForm):
    class Meta:
        model = Afdeling
        fields = ("organisatie", "ouder", "naam")

    def clean(self):
        gegevens = super().clean()
        ouder, organisatie = gegevens.get("ouder"), gegevens.get("organisatie")
        if ouder and organisatie and ouder.organisatie_id != organisatie.pk:
            self.add_error("ouder", _t("De afdeling erboven hoort bij een andere organisatie."))
        if ouder and self.instance.pk and self._onder_zichzelf(ouder):
            self.add_error("ouder", _t("Een afdeling kan niet onder zichzelf hangen."))
        if (
            self.instance.pk
            and organisatie
            and self.instance.onderdelen.exclude(organisatie=organisatie).exists()
        ):
            self.add_error("organisatie", _t("Verplaats eerst de afdelingen die hieronder hangen."))
        return gegevens

    def _onder_zichzelf(self, ouder) -> bool:
        gezien = set()
        while ouder is not None and ouder.pk not in gezien:
            if ouder.pk == self.instance.pk:
                return True
            gezien.add(ouder.pk)
            ouder = ouder.ouder
        return False


@admin.register(Afdeling)
class AfdelingAdmin(NietVerwijderen):
    form = AfdelingForm
    list_display = ("naam", "ouder", "organisatie")
    list_filter = (("organisatie", admin.RelatedOnlyFieldListFilter),)
    list_select_related = ("ouder", "organisatie")
    search_fields = ("sorteernaam", "naam")
    ordering = ("organisatie__sorteernaam", "sorteernaam")
    autocomplete_fields = ("organisatie", "ouder")

    @transaction.atomic
    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        soort = "afdeling.gewijzigd" if change else "afdeling.gemaakt"
        Event.record(soort, actor=request.user, ding=obj, organisatie=obj.organisatie_id)

    @transaction.atomic
    def delete_model(self, request, obj):
        Event.record("afdeling.verwijderd", actor=request.user, ding=obj, organisatie=obj.organisatie_id)
        super().delete_model(request, obj)

    @transaction.atomic
    def delete_queryset(self, request, queryset):
        for afdeling in queryset:
            self.delete_model(request, afdeling)

    def has_delete_permission(self, request, obj=None):
        # No verb is skipped: people stay, without an Afdeling; one with others below it is protected.
        return admin.ModelAdmin.has_delete_permission(self, request, obj)


class OnderwerpForm(forms.ModelForm):
    class Meta:
        model = Onderwerp
        fields = ("naam",)

    def clean_naam(self):
        naam = " ".join(self.cleaned_data["naam"].split())
        if set(naam) & {",", ";"}:
            # People choose several in one field, with commas between them.
            raise ValidationError(_t("Gebruik in een onderwerp geen komma of puntkomma."))
        return naam


@admin.register(Onderwerp)
class OnderwerpAdmin(NietVerwijderen):
    """Our own Onderwerpen; those of the UPL are read only."""

    form = OnderwerpForm
    list_display = ("naam", "is_upl")
    list_filter = (("upl_adres", admin.EmptyFieldListFilter),)
    search_fields = ("sorteernaam", "naam")
    ordering = ("sorteernaam",)

    @transaction.atomic
    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        soort = "onderwerp.gewijzigd" if change else "onderwerp.gemaakt"
        Event.record(soort, actor=request.user, ding=obj)

    @admin.display(boolean=True, description=_("uit de UPL"))
    def is_upl(self, onderwerp):
        return bool(onderwerp.upl_adres)

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and not (obj and obj.upl_adres)
