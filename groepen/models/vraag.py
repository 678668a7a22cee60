from __future__ import annotations

import uuid
from datetime import datetime

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from groepen import toegang
from groepen.fouten import Botsing, Weigering
from intranet import text
from intranet.events.models import Event
from intranet.werkdagen import min_werkdagen, plus_werkdagen
from profielen.models import Onderwerp

from .groep import Groep
from .thread import FRAGMENT_MAX, Thread

# A claim is given back after so many working days without a sign of life of the Behandelaar.
LOSLATEN_NA = 2


class VraagQuerySet(toegang.langs("thread__groep")):  # type: ignore[misc]
    def levend(self):
        return self.filter(thread__verwijderd_op=None)

    def onbeantwoord(self):
        return self.onopgelost().filter(thread__aantal_antwoorden=0)

    def onopgelost(self):
        return self.filter(thread__is_onopgelost=True)

    def opgepakt_door(self, gebruiker):
        return self.filter(behandelaar=gebruiker, thread__is_onopgelost=True)

    def gevolgd_door(self, gebruiker):
        return self.filter(thread__volgers__gebruiker=gebruiker, thread__volgers__is_uit=False)


class Vraag(models.Model):
    """A question in a Groep; its key is that of its Thread, which holds titel, steller and counters."""

    class Kanaal(models.TextChoices):
        ZELF = "zelf", _("Zelf")
        BALIE = "balie", _("Balie")
        TELEFOON = "telefoon", _("Telefoon")
        MAIL = "mail", _("Mail")
        WEB = "web", _("Website")
        NAMENS = "namens", _("Namens een collega")

    class Status(models.TextChoices):
        OPEN = "open", _("Open")
        OPGEPAKT = "opgepakt", _("Opgepakt")
        MEER_INFORMATIE = "meer_informatie", _("Meer informatie nodig")
        OPGELOST = "opgelost", _("Opgelost")
        GESLOTEN = "gesloten", _("Gesloten")

    thread = models.OneToOneField(Thread, on_delete=models.CASCADE, primary_key=True, related_name="vraag")
    inhoud = models.TextField(blank=True)
    kanaal = models.CharField(_("kanaal"), max_length=10, choices=Kanaal.choices, default=Kanaal.ZELF)
    namens = models.CharField(_("namens"), max_length=100, blank=True)
    status = models.CharField(_("status"), max_length=16, choices=Status.choices, default=Status.OPEN)
    onderwerpen = models.ManyToManyField(Onderwerp, blank=True, related_name="vragen")
    behandelaar = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="behandelt"
    )
    # The Behandelaar's last sign of life here; the claim expires from it.
    behandelaar_actief_op = models.DateTimeField(null=True, blank=True)
    contactpersoon = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="contact_voor",
    )
    oplossing = models.OneToOneField(
        "groepen.Antwoord", null=True, blank=True, on_delete=models.SET_NULL, related_name="lost_op"
    )
    opgelost_op = models.DateTimeField(null=True, blank=True)
    opgelost_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    eerste_antwoord_op = models.DateTimeField(null=True, blank=True)
    versie = models.PositiveIntegerField(default=1)
    bewerkt_op = models.DateTimeField(null=True, blank=True)
    aantal_overdrachten = models.PositiveIntegerField(default=0)

    objects = VraagQuerySet.as_manager()

    class Meta:
        verbose_name = _("vraag")
        verbose_name_plural = _("vragen")

    def __str__(self):
        return self.thread.titel

    def get_absolute_url(self):
        # Not by way of the Thread: a list that leaves out its soort would ask the database for each row.
        return reverse("groepen:vraag", args=[self.pk])

    # --- Reading ------------------------------------------------------------------------------

    @property
    def groep(self) -> Groep:
        return self.thread.groep

    @property
    def titel(self) -> str:
        return self.thread.titel

    @property
    def steller(self):
        return self.thread.steller

    @property
    def is_opgelost(self) -> bool:
        return self.status == self.Status.OPGELOST

    @property
    def is_af(self) -> bool:
        """Nothing is waited for: solved or closed."""
        return self.status in (self.Status.OPGELOST, self.Status.GESLOTEN)

    @property
    def uiterlijk_op(self) -> datetime:
        """The moment the Groep's response norm ends for this Vraag. Needs ``thread.groep`` loaded."""
        return plus_werkdagen(self.thread.gestart_op, self.thread.groep.norm_werkdagen)

    # --- Asking -------------------------------------------------------------------------------

    @classmethod
    def stel(
        cls,
        groep: Groep,
        steller,
        titel: str,
        inhoud: str = "",
        *,
        sleutel: uuid.UUID | None = None,
        onderwerpen=(),
        kanaal: str = Kanaal.ZELF,
        namens: str = "",
        contactpersoon=None,
        gesteld_op: datetime | None = None,
    ) -> Vraag:
        """Ask in ``groep``. The same ``sleutel`` twice gives the Vraag of the first time.

        Raises Weigering when the steller may not write there, text.TekstTeLang for a text that is too long.
        """
        inhoud = text.clean(inhoud)
        op = gesteld_op or timezone.now()
        try:
            with transaction.atomic():
                groep.laat_bijdragen(steller)
                thread = Thread.objects.create(
                    groep=groep,
                    soort=Thread.Soort.VRAAG,
                    titel=titel.strip(),
                    fragment=text.snippet(inhoud, FRAGMENT_MAX - 10),
                    steller=steller,
                    sleutel=sleutel,
                    gestart_op=op,
                    laatst_actief_op=op,
                    is_onopgelost=True,
                )
                vraag = cls.objects.create(
                    thread=thread,
                    inhoud=inhoud,
                    kanaal=kanaal,
                    namens=namens.strip(),
                    contactpersoon=contactpersoon or (steller if kanaal != cls.Kanaal.ZELF else None),
                )
                if onderwerpen:
                    vraag.onderwerpen.set(onderwerpen)
                thread.neem_afbeeldingen_over(steller, inhoud)
                thread.volgers.create(gebruiker=steller, is_automatisch=True)
                thread.tel_mee_als_nieuw()
                Event.record("vraag.gesteld", groep=groep, thread=thread, actor=steller, ding=vraag)
        except (IntegrityError, Weigering) as fout:
            # A double submit is rare and its second half meets the sleutel here: no look-up beforehand.
            if sleutel is None:
                raise
            eerder = cls.objects.filter(thread__sleutel=sleutel, thread__steller=steller).first()
            if eerder is not None:
                return eerder
            if isinstance(fout, Weigering):
                raise
            raise Weigering(_t("Dit formulier is verlopen. Open het opnieuw.")) from None  # someone else's
        return vraag

    # --- Answering ----------------------------------------------------------------------------

    def beantwoord(self, schrijver, inhoud: str, **rest):
        """Give an Antwoord; see ``Antwoord.geef`` for what else it takes."""
        from .antwoord import Antwoord

        return Antwoord.geef(self, schrijver, inhoud, **rest)

    @transaction.atomic
    def kies_oplossing(self, antwoord, door) -> None:
        """Mark ``antwoord`` as the one that solved this; choosing another one replaces it."""
        if antwoord.vraag_id != self.pk or antwoord.is_verwijderd:
            raise Weigering(_t("Dit antwoord kan niet de oplossing zijn."))
        with self.thread.houd_tellers():
            self.oplossing, self.opgelost_op, self.opgelost_door = antwoord, timezone.now(), door
            self.status = self.Status.OPGELOST
            self.save(update_fields=["oplossing", "opgelost_op", "opgelost_door", "status"])
            self.thread.is_onopgelost = False
            self.thread.opgelost_op = self.opgelost_op
            self.thread.fragment = text.snippet(antwoord.inhoud, FRAGMENT_MAX - 10)
            self.thread.save(update_fields=["is_onopgelost", "opgelost_op", "fragment"])
        Event.record("oplossing.gekozen", groep=self.groep, thread=self.thread, actor=door, ding=antwoord)

    @transaction.atomic
    def trek_oplossing_in(self, door) -> None:
        """It was not the solution after all: the Vraag waits again."""
        if self.oplossing_id is None:
            return
        with self.thread.houd_tellers():
            self.oplossing = self.opgelost_op = self.opgelost_door = None
            self.status = self.Status.OPGEPAKT if self.behandelaar_id else self.Status.OPEN
            self.save(update_fields=["oplossing", "opgelost_op", "opgelost_door", "status"])
            self._wacht_weer()
        Event.record("oplossing.ingetrokken", groep=self.groep, thread=self.thread, actor=door, ding=self)

    # --- Status -------------------------------------------------------------------------------

    @transaction.atomic
    def sluit(self, door) -> None:
        """Close without an Oplossing."""
        with self.thread.houd_tellers():
            self.status = self.Status.GESLOTEN
            self.save(update_fields=["status"])
            self.thread.is_onopgelost = False
            self.thread.save(update_fields=["is_onopgelost"])
        Event.record("vraag.gesloten", groep=self.groep, thread=self.thread, actor=door, ding=self)

    @transaction.atomic
    def heropen(self, door) -> None:
        if not self.is_af:
            return
        if self.oplossing_id:
            self.trek_oplossing_in(door)
            return
        with self.thread.houd_tellers():
            self.status = self.Status.OPGEPAKT if self.behandelaar_id else self.Status.OPEN
            self.save(update_fields=["status"])
            self._wacht_weer()
        Event.record("vraag.heropend", groep=self.groep, thread=self.thread, actor=door, ding=self)

    @transaction.atomic
    def vraag_informatie(self, door, toelichting: str = "", sleutel: uuid.UUID | None = None) -> None:
        """The asker has to tell more before anyone can answer; ``toelichting`` becomes a Reactie."""
        from .reactie import Reactie

        if self.is_af:
            raise Weigering(_t("Deze vraag is al afgerond."))
        if toelichting:
            Reactie.geef(self.thread, door, toelichting, sleutel=sleutel)
        self.status = self.Status.MEER_INFORMATIE
        velden = ["status"]
        if self.behandelaar_id == door.pk:
            self.behandelaar_actief_op = timezone.now()
            velden.append("behandelaar_actief_op")
        self.save(update_fields=velden)
        Event.record("vraag.informatie_gevraagd", groep=self.groep, thread=self.thread, actor=door, ding=self)

    @transaction.atomic
    def informatie_is_er(self, door) -> None:
        if self.status != self.Status.MEER_INFORMATIE:
            return
        self.status = self.Status.OPGEPAKT if self.behandelaar_id else self.Status.OPEN
        self.save(update_fields=["status"])
        Event.record("vraag.informatie_gegeven", groep=self.groep, thread=self.thread, actor=door, ding=self)

    def _wacht_weer(self) -> None:
        self.thread.is_onopgelost, self.thread.opgelost_op = True, None
        self.thread.fragment = text.snippet(self.inhoud, FRAGMENT_MAX - 10)
        self.thread.save(update_fields=["is_onopgelost", "opgelost_op", "fragment"])

    # --- Who owns it, who speaks with the asker -------------------------------------------------

    @transaction.atomic
    def pak_op(self, gebruiker) -> None:
        """ "Ik pak dit op": claim an unclaimed Vraag. Raises Weigering when someone else was first."""
        self.thread.groep.laat_bijdragen(gebruiker)
        if self.is_af:
            raise Weigering(_t("Deze vraag is al afgerond."))
        nu = timezone.now()
        # A conditional update, so that of two people who press at once one wins and one is told.
        gelukt = (
            Vraag.objects.filter(pk=self.pk, behandelaar=None)
            .exclude(status__in=[self.Status.OPGELOST, self.Status.GESLOTEN])
            .update(
                behandelaar=gebruiker,
                behandelaar_actief_op=nu,
                status=models.Case(
                    models.When(status=self.Status.OPEN, then=models.Value(self.Status.OPGEPAKT)),
                    default=F("status"),
                ),
            )
        )
        if not gelukt:
            self.refresh_from_db()
            if self.behandelaar_id == gebruiker.pk:
                return
            raise Weigering(
                _t("%(naam)s pakte deze vraag al op.") % {"naam": self.behandelaar}
                if self.behandelaar
                else _t("Deze vraag is al afgerond.")
            )
        self.refresh_from_db(fields=["behandelaar", "behandelaar_actief_op", "status"])
        self._noteer("behandelaar", None, gebruiker, gebruiker, "opgepakt")

    @transaction.atomic
    def draag_over(self, naar, door, rol: str = "behandelaar") -> None:
        """Hand the Vraag (``rol`` behandelaar) or the contact with the asker (contactpersoon) to ``naar``."""
        if not toegang.lezers(self.groep).filter(pk=naar.pk).exists():
            raise Weigering(_t("Deze collega kan deze groep niet lezen."))
        van = getattr(self, rol)
        if van == naar:
            return
        velden = [rol]
        setattr(self, rol, naar)
        if rol == "behandelaar":
            if self.is_af:
                raise Weigering(_t("Deze vraag is al afgerond."))
            self.behandelaar_actief_op = timezone.now()
            velden.append("behandelaar_actief_op")
            if self.status == self.Status.OPEN:
                self.status = self.Status.OPGEPAKT
                velden.append("status")
        self.save(update_fields=velden)
        self._noteer(rol, van, naar, door, "overgedragen")

    @transaction.atomic
    def laat_los(self, door, reden: str = "losgelaten") -> None:
        """Give the claim back; the Vraag is open for everyone again."""
        if self.behandelaar_id is None:
            return
        van = self.behandelaar
        if self.status == self.Status.OPGEPAKT:
            self.status = self.Status.OPEN
        # Conditional: a sign of life a moment ago, a hand-over, or another worker's clock was first.
        gelukt = Vraag.objects.filter(
            pk=self.pk, behandelaar=van, behandelaar_actief_op=self.behandelaar_actief_op
        ).update(behandelaar=None, behandelaar_actief_op=None, status=self.status)
        if not gelukt:
            self.refresh_from_db(fields=["behandelaar", "behandelaar_actief_op", "status"])
            return
        self.behandelaar = self.behandelaar_actief_op = None
        self._noteer("behandelaar", van, None, door, reden)

    @classmethod
    def laat_stille_los(cls, nu: datetime | None = None) -> int:
        """Give back every claim without a sign of life for two working days; how many."""
        grens = min_werkdagen(nu or timezone.now(), LOSLATEN_NA)
        stil = cls.objects.filter(
            behandelaar__isnull=False, behandelaar_actief_op__lt=grens, thread__is_onopgelost=True
        ).exclude(status=cls.Status.MEER_INFORMATIE)
        aantal = 0
        for vraag in stil.select_related("thread__groep", "behandelaar").iterator(chunk_size=500):
            vraag.laat_los(None, reden="verlopen")
            aantal += 1
        return aantal

    def _noteer(self, rol, van, naar, door, reden) -> None:
        self.overdrachten.create(rol=rol, van=van, naar=naar, door=door, reden=reden)
        if van is not None and naar is not None:
            Vraag.objects.filter(pk=self.pk).update(aantal_overdrachten=F("aantal_overdrachten") + 1)
            self.aantal_overdrachten += 1
        if naar is not None:
            self.thread.volg(naar, automatisch=True)
        Event.record(
            f"vraag.{reden}",
            groep=self.groep,
            thread=self.thread,
            actor=door,
            ding=self,
            rol=rol,
            van=van.pk if van else None,
            naar=naar.pk if naar else None,
        )

    # --- Editing --------------------------------------------------------------------------------

    @transaction.atomic
    def bewerk(self, door, *, titel: str, inhoud: str, versie: int, **velden) -> None:
        """Change title and text; the old ones stay in the history.

        Raises Botsing when someone else saved after ``versie`` was read; then nothing changed.
        """
        from .versie import Versie

        onderwerpen = velden.pop("onderwerpen", None)
        inhoud = text.clean(inhoud)
        oud = Vraag.objects.select_related("thread").get(pk=self.pk)
        nu = timezone.now()
        gelukt = Vraag.objects.filter(pk=self.pk, versie=versie).update(
            inhoud=inhoud, versie=F("versie") + 1, bewerkt_op=nu, **velden
        )
        if not gelukt:
            raise Botsing(oud)
        if (oud.titel, oud.inhoud) != (titel.strip(), inhoud):
            Versie.objects.create(
                thread_id=self.pk, nummer=versie, titel=oud.titel, inhoud=oud.inhoud, door=door, op=nu
            )
        self.refresh_from_db()
        self.thread.titel = titel.strip()
        if not self.is_opgelost:
            self.thread.fragment = text.snippet(inhoud, FRAGMENT_MAX - 10)
        self.thread.save(update_fields=["titel", "fragment"])
        if onderwerpen is not None:
            self.onderwerpen.set(onderwerpen)
        self.thread.neem_afbeeldingen_over(door, inhoud)
        if self.status == self.Status.MEER_INFORMATIE and door == self.steller:
            self.informatie_is_er(door)
        Event.record("vraag.bewerkt", groep=self.groep, thread=self.thread, actor=door, ding=self)

    @transaction.atomic
    def stem(self, gebruiker) -> bool:
        """ "Ook mijn vraag", on and off. True when it now stands."""
        verwijderd, _rijen = self.thread.stemmen.filter(gebruiker=gebruiker).delete()
        if verwijderd:
            self.thread.tel("aantal_stemmen", -1)
            return False
        _stem, nieuw = self.thread.stemmen.get_or_create(gebruiker=gebruiker)
        if nieuw:
            self.thread.tel("aantal_stemmen", 1)
            self.thread.volg(gebruiker, automatisch=True)
            Event.record("vraag.gedeeld", groep=self.groep, thread=self.thread, actor=gebruiker, ding=self)
        return True
