from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from groepen import toegang
from groepen.fouten import Botsing, Weigering
from intranet import text
from intranet.events.models import Event

from .thread import FRAGMENT_MAX, Thread, eis_nog_terug_te_zetten
from .vraag import Vraag

if TYPE_CHECKING:
    from .reactie import Reactie

# So many Antwoorden the question page shows at once, beside the Oplossing.
PER_BLAD = 50


def op_blad(thread: Thread, antwoord_id: int) -> str:
    """The query that makes the question page show this Antwoord, when it may not stand on the first page."""
    return f"?antwoord={antwoord_id}" if thread.aantal_antwoorden > PER_BLAD else ""


class AntwoordQuerySet(toegang.langs("vraag__thread__groep")):  # type: ignore[misc]
    def levend(self):
        return self.filter(verwijderd_op=None)


class Antwoord(models.Model):
    """A reply to a Vraag."""

    vraag = models.ForeignKey(Vraag, on_delete=models.CASCADE, related_name="antwoorden", db_index=False)
    schrijver = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="antwoorden"
    )
    inhoud = models.TextField()
    namens = models.CharField(_("namens"), max_length=100, blank=True)
    sleutel = models.UUIDField(null=True, unique=True, editable=False)
    gegeven_op = models.DateTimeField(default=timezone.now)
    versie = models.PositiveIntegerField(default=1)
    bewerkt_op = models.DateTimeField(null=True, blank=True)
    verwijderd_op = models.DateTimeField(null=True, blank=True)
    verwijderd_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    gecontroleerd_op = models.DateTimeField(null=True, blank=True)
    gecontroleerd_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    aantal_bedankjes = models.PositiveIntegerField(default=0)
    aantal_reacties = models.PositiveIntegerField(default=0)

    # Not columns: what the question page puts beside the answers it shows (``groepen.vraagpagina``).
    kop: str
    bij: str
    is_bedankt: bool
    zijn_reacties: Sequence[Reactie]

    objects = AntwoordQuerySet.as_manager()

    class Meta:
        verbose_name = _("antwoord")
        verbose_name_plural = _("antwoorden")
        indexes = [models.Index(fields=["vraag", "id"], name="antwoord_bij_vraag")]

    def __str__(self):
        return f"{self.pk} bij {self.vraag_id}"

    def get_absolute_url(self):
        return f"{self.vraag.get_absolute_url()}{op_blad(self.thread, self.pk)}#antwoord-{self.pk}"

    @property
    def thread(self) -> Thread:
        return self.vraag.thread

    @property
    def groep(self):
        return self.vraag.thread.groep

    @property
    def is_verwijderd(self) -> bool:
        return self.verwijderd_op is not None

    @property
    def is_gecontroleerd(self) -> bool:
        return self.gecontroleerd_op is not None

    @classmethod
    def geef(
        cls,
        vraag: Vraag,
        schrijver,
        inhoud: str,
        *,
        sleutel: uuid.UUID | None = None,
        namens: str = "",
        gegeven_op: datetime | None = None,
    ) -> Antwoord:
        """Answer ``vraag``. The same ``sleutel`` twice gives the Antwoord of the first time.

        Raises Weigering when the schrijver may not write in the Groep or the Vraag was deleted.
        """
        inhoud = text.clean(inhoud)
        op = gegeven_op or timezone.now()
        thread = vraag.thread
        try:
            with transaction.atomic():
                if thread.is_verwijderd:
                    raise Weigering(_t("Deze vraag is verwijderd."))
                thread.groep.laat_bijdragen(schrijver)
                antwoord = cls.objects.create(
                    vraag=vraag,
                    schrijver=schrijver,
                    inhoud=inhoud,
                    namens=namens.strip(),
                    sleutel=sleutel,
                    gegeven_op=op,
                )
                thread.neem_afbeeldingen_over(schrijver, inhoud)
                thread.volg(schrijver, automatisch=True)
                thread.tel_antwoord(1, op)
                antwoord._merk_op_bij_vraag(op)
                Event.record(
                    "antwoord.gegeven", groep=thread.groep_id, thread=thread, actor=schrijver, ding=antwoord
                )
        except (IntegrityError, Weigering) as fout:
            # A double submit is rare and its second half meets the sleutel here: no look-up beforehand.
            if sleutel is None:
                raise
            eerder = cls.objects.filter(sleutel=sleutel, schrijver=schrijver, vraag=vraag).first()
            if eerder is not None:
                return eerder
            if isinstance(fout, Weigering):
                raise
            raise Weigering(_t("Dit formulier is verlopen. Open het opnieuw.")) from None  # someone else's
        return antwoord

    def _merk_op_bij_vraag(self, op: datetime) -> None:
        """What an answer changes on the Vraag itself: the first answer, a sign of life, information given."""
        vraag, velden = self.vraag, []
        if vraag.eerste_antwoord_op is None and self.schrijver_id != vraag.thread.steller_id:
            vraag.eerste_antwoord_op = op
            velden.append("eerste_antwoord_op")
        if vraag.behandelaar_id == self.schrijver_id:
            vraag.behandelaar_actief_op = op
            velden.append("behandelaar_actief_op")
        if velden:
            vraag.save(update_fields=velden)
        if vraag.status == Vraag.Status.MEER_INFORMATIE and self.schrijver_id == vraag.thread.steller_id:
            vraag.informatie_is_er(self.schrijver)

    def kies_als_oplossing(self, door) -> None:
        """See ``Vraag.kies_oplossing``."""
        self.vraag.kies_oplossing(self, door)

    @transaction.atomic
    def controleer(self, door, goed: bool = True) -> None:
        """A beheerder vouches for this Antwoord ("gecontroleerd"), or takes that back."""
        self.gecontroleerd_op, self.gecontroleerd_door = (timezone.now(), door) if goed else (None, None)
        self.save(update_fields=["gecontroleerd_op", "gecontroleerd_door"])
        self._werk_gecontroleerd_bij()
        soort = "antwoord.gecontroleerd" if goed else "antwoord.niet_gecontroleerd"
        Event.record(soort, groep=self.groep, thread=self.thread, actor=door, ding=self)

    def _werk_gecontroleerd_bij(self) -> None:
        antwoorden = Antwoord.objects.filter(vraag=self.vraag_id).levend()
        heeft = antwoorden.filter(gecontroleerd_op__isnull=False).exists()
        Thread.objects.filter(pk=self.vraag_id).update(heeft_gecontroleerd=heeft)
        self.thread.heeft_gecontroleerd = heeft

    @transaction.atomic
    def bewerk(self, door, *, inhoud: str, versie: int) -> None:
        """Change the text; the old one stays in the history. Raises Botsing like ``Vraag.bewerk``."""
        from .versie import Versie

        inhoud = text.clean(inhoud)
        oud = Antwoord.objects.get(pk=self.pk)
        nu = timezone.now()
        # What a beheerder vouched for was the old text.
        gelukt = Antwoord.objects.filter(pk=self.pk, versie=versie).update(
            inhoud=inhoud,
            versie=F("versie") + 1,
            bewerkt_op=nu,
            gecontroleerd_op=None,
            gecontroleerd_door=None,
        )
        if not gelukt:
            raise Botsing(oud)
        if oud.inhoud != inhoud:
            Versie.objects.create(
                thread_id=self.vraag_id, antwoord=self, nummer=versie, inhoud=oud.inhoud, door=door, op=nu
            )
        self.refresh_from_db(
            fields=["inhoud", "versie", "bewerkt_op", "gecontroleerd_op", "gecontroleerd_door"]
        )
        if oud.is_gecontroleerd:
            self._werk_gecontroleerd_bij()
        if self.vraag.oplossing_id == self.pk:
            self.thread.fragment = text.snippet(inhoud, FRAGMENT_MAX - 10)
            self.thread.save(update_fields=["fragment"])
        self.thread.neem_afbeeldingen_over(door, inhoud)
        Event.record("antwoord.bewerkt", groep=self.groep, thread=self.thread, actor=door, ding=self)

    @transaction.atomic
    def verwijder(self, door) -> None:
        """A placeholder takes its place; no longer the Oplossing when it was."""
        if self.is_verwijderd:
            return
        if self.vraag.oplossing_id == self.pk:
            self.vraag.trek_oplossing_in(door)
        self.verwijderd_op, self.verwijderd_door = timezone.now(), door
        self.save(update_fields=["verwijderd_op", "verwijderd_door"])
        self.thread.tel_antwoord(-1)
        self._werk_gecontroleerd_bij()
        Event.record("antwoord.verwijderd", groep=self.groep, thread=self.thread, actor=door, ding=self)

    @transaction.atomic
    def zet_terug(self, door) -> None:
        if not self.is_verwijderd:
            return
        eis_nog_terug_te_zetten(self)
        self.verwijderd_op = self.verwijderd_door = None
        self.save(update_fields=["verwijderd_op", "verwijderd_door"])
        self.thread.tel_antwoord(1)
        self._werk_gecontroleerd_bij()
        Event.record("antwoord.teruggezet", groep=self.groep, thread=self.thread, actor=door, ding=self)
