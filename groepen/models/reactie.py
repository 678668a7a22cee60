from __future__ import annotations

import uuid

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

from .antwoord import Antwoord, op_blad
from .thread import Thread, eis_nog_terug_te_zetten


class Reactie(models.Model):
    """A remark under a Thread, or under one Antwoord in it."""

    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="reacties", db_index=False)
    antwoord = models.ForeignKey(
        Antwoord, null=True, blank=True, on_delete=models.CASCADE, related_name="reacties", db_index=False
    )
    schrijver = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="reacties")
    inhoud = models.TextField()
    sleutel = models.UUIDField(null=True, unique=True, editable=False)
    gegeven_op = models.DateTimeField(default=timezone.now)
    versie = models.PositiveIntegerField(default=1)
    bewerkt_op = models.DateTimeField(null=True, blank=True)
    verwijderd_op = models.DateTimeField(null=True, blank=True)
    verwijderd_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = toegang.langs("thread__groep").as_manager()

    class Meta:
        verbose_name = _("reactie")
        verbose_name_plural = _("reacties")
        indexes = [
            models.Index(fields=["thread", "id"], name="reactie_bij_thread"),
            models.Index(
                fields=["antwoord", "id"],
                name="reactie_bij_antwoord",
                condition=models.Q(antwoord__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.pk} bij {self.thread_id}"

    def get_absolute_url(self):
        zoek = op_blad(self.thread, self.antwoord_id) if self.antwoord_id is not None else ""
        return f"{self.thread.get_absolute_url()}{zoek}#reactie-{self.pk}"

    @property
    def groep(self):
        return self.thread.groep

    @property
    def is_verwijderd(self) -> bool:
        return self.verwijderd_op is not None

    @classmethod
    def geef(
        cls,
        thread: Thread,
        schrijver,
        inhoud: str,
        *,
        antwoord: Antwoord | None = None,
        sleutel: uuid.UUID | None = None,
        gegeven_op=None,
    ) -> Reactie:
        """React on ``thread`` or on one ``antwoord`` in it. The same ``sleutel`` twice gives the first one.

        Raises Weigering when the schrijver may not write there or the Antwoord was deleted.
        """
        if sleutel is not None:
            eerder = cls.objects.filter(sleutel=sleutel, schrijver=schrijver, thread=thread).first()
            if eerder is not None:
                return eerder
        if thread.is_verwijderd or (antwoord is not None and antwoord.is_verwijderd):
            raise Weigering(_t("Waar je op reageert, is verwijderd."))
        inhoud = text.clean(inhoud)
        op = gegeven_op or timezone.now()
        try:
            with transaction.atomic():
                thread.groep.laat_bijdragen(schrijver)
                reactie = cls.objects.create(
                    thread=thread,
                    antwoord=antwoord,
                    schrijver=schrijver,
                    inhoud=inhoud,
                    sleutel=sleutel,
                    gegeven_op=op,
                )
                thread.neem_afbeeldingen_over(schrijver, inhoud)
                thread.volg(schrijver, automatisch=True)
                thread.tel_antwoord(0, op)
                if antwoord is not None:
                    Antwoord.objects.filter(pk=antwoord.pk).update(aantal_reacties=F("aantal_reacties") + 1)
                cls._merk_op_bij_vraag(thread, schrijver, op)
                Event.record(
                    "reactie.gegeven", groep=thread.groep_id, thread=thread, actor=schrijver, ding=reactie
                )
        except IntegrityError:
            if sleutel is None:
                raise
            eerder = cls.objects.filter(sleutel=sleutel, schrijver=schrijver, thread=thread).first()
            if eerder is None:  # the sleutel of someone else
                raise Weigering(_t("Dit formulier is verlopen. Open het opnieuw.")) from None
            return eerder
        return reactie

    @staticmethod
    def _merk_op_bij_vraag(thread: Thread, schrijver, op) -> None:
        """By the Behandelaar it is a sign of life; by the asker it may be the information asked for."""
        from .vraag import Vraag

        vraag = Vraag.objects.filter(pk=thread.pk).select_related("thread__groep").first()
        if vraag is None:
            return
        if vraag.behandelaar_id == schrijver.pk:
            Vraag.objects.filter(pk=vraag.pk).update(behandelaar_actief_op=op)
        if schrijver.pk == thread.steller_id:
            vraag.informatie_is_er(schrijver)

    @transaction.atomic
    def bewerk(self, door, *, inhoud: str, versie: int) -> None:
        """Change the text. Raises Botsing when it changed in between. Remarks keep no history."""
        inhoud = text.clean(inhoud)
        gelukt = Reactie.objects.filter(pk=self.pk, versie=versie).update(
            inhoud=inhoud, versie=F("versie") + 1, bewerkt_op=timezone.now()
        )
        self.refresh_from_db()
        if not gelukt:
            raise Botsing(self)
        self.thread.neem_afbeeldingen_over(door, inhoud)
        Event.record("reactie.bewerkt", groep=self.groep, thread=self.thread, actor=door, ding=self)

    @transaction.atomic
    def verwijder(self, door) -> None:
        if self.is_verwijderd:
            return
        self.verwijderd_op, self.verwijderd_door = timezone.now(), door
        self.save(update_fields=["verwijderd_op", "verwijderd_door"])
        if self.antwoord_id is not None:
            Antwoord.objects.filter(pk=self.antwoord_id).update(aantal_reacties=F("aantal_reacties") - 1)
        Event.record("reactie.verwijderd", groep=self.groep, thread=self.thread, actor=door, ding=self)

    @transaction.atomic
    def zet_terug(self, door) -> None:
        if not self.is_verwijderd:
            return
        eis_nog_terug_te_zetten(self)
        self.verwijderd_op = self.verwijderd_door = None
        self.save(update_fields=["verwijderd_op", "verwijderd_door"])
        if self.antwoord_id is not None:
            Antwoord.objects.filter(pk=self.antwoord_id).update(aantal_reacties=F("aantal_reacties") + 1)
        Event.record("reactie.teruggezet", groep=self.groep, thread=self.thread, actor=door, ding=self)
