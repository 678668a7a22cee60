from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.db.models import F, Q
from django.db.models.functions import Coalesce, Greatest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from groepen import toegang
from groepen.fouten import Weigering
from intranet import text
from intranet.events.models import Event

from .groep import Groep

TITEL_MAX = 200
FRAGMENT_MAX = 200
# What was deleted can be put back for so long; then nightly wipes the text.
BEWAAR_VERWIJDERD = timedelta(days=30)


class ThreadQuerySet(toegang.InGroepQuerySet):
    def levend(self):
        """Not deleted."""
        return self.filter(verwijderd_op=None)


class Thread(models.Model):
    """What one opens, follows, finds and counts: a Vraag, a Bericht, a Kennisartikel.

    Lists, feeds and counts work on this table; the counters are kept by the verbs.
    """

    class Soort(models.TextChoices):
        VRAAG = "vraag", _("Vraag")
        BERICHT = "bericht", _("Bericht")
        ARTIKEL = "artikel", _("Kennisartikel")

    groep = models.ForeignKey(Groep, on_delete=models.CASCADE, related_name="threads", db_index=False)
    soort = models.CharField(max_length=10, choices=Soort.choices)
    titel = models.CharField(_("titel"), max_length=TITEL_MAX)
    # One line of plain text for lists: of the question, and of its Oplossing once there is one.
    fragment = models.CharField(max_length=FRAGMENT_MAX, blank=True)
    steller = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="threads", db_index=False
    )
    # A creating form carries this: posting it twice gives the same Thread.
    sleutel = models.UUIDField(null=True, unique=True, editable=False)
    gestart_op = models.DateTimeField(default=timezone.now)
    laatst_actief_op = models.DateTimeField(default=timezone.now)
    verwijderd_op = models.DateTimeField(null=True, blank=True)
    verwijderd_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    is_onopgelost = models.BooleanField(default=False)
    # As on the Vraag; here too, so that "solved this week in my Groepen" is one step in an index per Groep.
    opgelost_op = models.DateTimeField(null=True, blank=True)
    heeft_gecontroleerd = models.BooleanField(default=False)
    aantal_antwoorden = models.PositiveIntegerField(default=0)
    aantal_stemmen = models.PositiveIntegerField(default=0)
    aantal_bedankjes = models.PositiveIntegerField(default=0)
    aantal_geholpen = models.PositiveIntegerField(default=0)

    objects = ThreadQuerySet.as_manager()

    class Meta:
        verbose_name = _("thread")
        verbose_name_plural = _("threads")
        indexes = [
            models.Index(
                fields=["groep", "-laatst_actief_op", "-id"],
                name="thread_in_groep",
                condition=Q(verwijderd_op=None),
            ),
            models.Index(
                fields=["groep", "-laatst_actief_op", "-id"],
                name="thread_onopgelost",
                condition=Q(verwijderd_op=None, is_onopgelost=True),
            ),
            models.Index(
                fields=["groep", "-aantal_stemmen", "-id"],
                name="thread_stemmen",
                condition=Q(verwijderd_op=None),
            ),
            models.Index(
                fields=["groep", "gestart_op", "id"],
                name="thread_onbeantwoord",
                condition=Q(verwijderd_op=None, is_onopgelost=True, aantal_antwoorden=0),
            ),
            models.Index(
                fields=["groep", "-opgelost_op"],
                name="thread_opgelost",
                condition=Q(verwijderd_op=None, opgelost_op__isnull=False),
            ),
            models.Index(fields=["steller", "-id"], name="thread_van"),
            models.Index(
                fields=["steller", "-laatst_actief_op", "-id"],
                name="thread_van_onopgelost",
                condition=Q(verwijderd_op=None, is_onopgelost=True),
            ),
            # For cascades and for counting a Groep as a whole, deleted ones included.
            models.Index(fields=["groep", "id"], name="thread_groep"),
        ]

    def __str__(self):
        return self.titel

    def get_absolute_url(self):
        if self.soort == self.Soort.ARTIKEL:
            # The article lies above: known by name alone. select_related("artikel") saves its query.
            artikel = getattr(self, "artikel", None)
            if artikel is None:
                return reverse("kennisbank:index")
            return reverse("kennisbank:artikel_kort", args=[artikel.pk])
        return reverse("groepen:vraag", args=[self.pk])

    @property
    def is_verwijderd(self) -> bool:
        return self.verwijderd_op is not None

    # --- Counters -----------------------------------------------------------------------------

    def _bijdrage(self) -> tuple[int, int, int]:
        """What this Thread adds to aantal_vragen, aantal_onbeantwoord and aantal_onopgelost of its Groep."""
        if self.soort != self.Soort.VRAAG or self.verwijderd_op is not None:
            return (0, 0, 0)
        return (1, int(self.is_onopgelost and not self.aantal_antwoorden), int(self.is_onopgelost))

    @contextmanager
    def houd_tellers(self):
        """Inside a verb: whatever changes on this Thread, its Groep's counters follow with one update."""
        oude_groep, voor = self.groep_id, self._bijdrage()
        yield
        na = self._bijdrage()
        if oude_groep == self.groep_id:
            _tel_op(self.groep_id, [b - a for a, b in zip(voor, na, strict=True)], self.laatst_actief_op)
        else:
            _tel_op(oude_groep, [-a for a in voor])
            _tel_op(self.groep_id, na, self.laatst_actief_op)

    def tel(self, teller: str, verschil: int) -> None:
        """Add ``verschil`` to one counter, in the database and here."""
        Thread.objects.filter(pk=self.pk).update(**{teller: F(teller) + verschil})
        setattr(self, teller, getattr(self, teller) + verschil)

    def tel_mee_als_nieuw(self) -> None:
        """Just made: one update of its Groep's counters."""
        _tel_op(self.groep_id, self._bijdrage(), self.laatst_actief_op)

    def tel_antwoord(self, verschil: int, op=None) -> None:
        """An Antwoord came (1, at ``op``) or went (-1)."""
        with self.houd_tellers():
            velden: dict[str, Any] = {"aantal_antwoorden": F("aantal_antwoorden") + verschil}
            self.aantal_antwoorden += verschil
            if op is not None:
                velden["laatst_actief_op"] = Greatest("laatst_actief_op", op)
                self.laatst_actief_op = max(self.laatst_actief_op, op)
            Thread.objects.filter(pk=self.pk).update(**velden)

    # --- Verbs that every kind of Thread has ----------------------------------------------------

    @transaction.atomic
    def verplaats(self, naar: Groep, door) -> None:
        """Move to another Groep; the address stays. The followers who may not read there stop following."""
        if naar.pk == self.groep_id:
            return
        oud = self.groep_id
        with self.houd_tellers():
            self.groep = naar
            self.save(update_fields=["groep"])
        self.volgers.exclude(gebruiker__in=toegang.lezers(naar)).delete()
        Event.record("thread.verplaatst", groep=naar, thread=self, actor=door, oude_groep=oud)

    @transaction.atomic
    def verwijder(self, door) -> None:
        """Hide the text behind a placeholder; what others wrote below stays readable."""
        if self.is_verwijderd:
            return
        with self.houd_tellers():
            self.verwijderd_op, self.verwijderd_door = timezone.now(), door
            self.save(update_fields=["verwijderd_op", "verwijderd_door"])
        Event.record("thread.verwijderd", groep=self.groep_id, thread=self, actor=door)

    @transaction.atomic
    def zet_terug(self, door) -> None:
        """Undo ``verwijder``, as long as nightly has not wiped the text (30 days)."""
        if not self.is_verwijderd:
            return
        eis_nog_terug_te_zetten(self)
        with self.houd_tellers():
            self.verwijderd_op = self.verwijderd_door = None
            self.save(update_fields=["verwijderd_op", "verwijderd_door"])
        Event.record("thread.teruggezet", groep=self.groep_id, thread=self, actor=door)

    def neem_afbeeldingen_over(self, maker, html: str) -> None:
        """The images that ``maker`` pasted into this text belong to the Thread from now on."""
        sleutels = text.afbeeldingen(html)
        if sleutels:
            self.afbeeldingen.model.objects.filter(pk__in=sleutels, maker=maker, thread=None).update(
                thread=self
            )

    @transaction.atomic
    def bedank(self, gebruiker, antwoord=None) -> bool:
        """Thank for the question, or for one Antwoord; on and off. True when it now stands."""
        ding = antwoord or self
        verwijderd, _rijen = self.bedankjes.filter(gebruiker=gebruiker, antwoord=antwoord).delete()
        if not verwijderd:
            ontvanger = antwoord.schrijver if antwoord is not None else self.steller
            _bedankje, nieuw = self.bedankjes.get_or_create(
                gebruiker=gebruiker, antwoord=antwoord, defaults={"ontvanger": ontvanger}
            )
            if not nieuw:
                return True
            Event.record("bedankt", groep=self.groep_id, thread=self, actor=gebruiker, ding=ding)
        verschil = -1 if verwijderd else 1
        model: type[models.Model] = type(ding)
        model._default_manager.filter(pk=ding.pk).update(aantal_bedankjes=F("aantal_bedankjes") + verschil)
        ding.aantal_bedankjes += verschil
        return not verwijderd

    def volg(self, gebruiker, *, automatisch=False) -> None:
        """``automatisch``: because they wrote here; who switched it off leaves it off."""
        soort = self.volgers.model
        nieuw = soort(thread=self, gebruiker=gebruiker, is_automatisch=automatisch)
        # Who follows already goes on following as they did.
        soort.objects.bulk_create([nieuw], ignore_conflicts=True)
        if not automatisch:
            self.volgers.filter(gebruiker=gebruiker, is_uit=True).update(is_uit=False, is_automatisch=False)

    def volg_niet(self, gebruiker) -> None:
        """Off, until they follow by hand again."""
        self.volgers.update_or_create(gebruiker=gebruiker, defaults={"is_uit": True})


def eis_nog_terug_te_zetten(ding) -> None:
    """Raises Weigering once the text of something deleted may have been wiped."""
    if ding.verwijderd_op < timezone.now() - BEWAAR_VERWIJDERD:
        raise Weigering(_t("Dit is langer dan 30 dagen geleden verwijderd. De tekst is er niet meer."))


def _tel_op(groep_id: int, verschil, laatst_actief_op=None) -> None:
    velden = dict(zip(("aantal_vragen", "aantal_onbeantwoord", "aantal_onopgelost"), verschil, strict=True))
    wijziging = {naam: F(naam) + getal for naam, getal in velden.items() if getal}
    if laatst_actief_op is not None:
        wijziging["laatst_actief_op"] = Greatest(
            Coalesce("laatst_actief_op", laatst_actief_op), laatst_actief_op
        )
    if wijziging:
        Groep.objects.filter(pk=groep_id).update(**wijziging)
