from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from groepen import toegang
from groepen.models import Antwoord, Groep, Reactie, Thread, Volger

from .instelling import Mailmoment


class Reden(models.TextChoices):
    """Why somebody hears of it; the first that holds wins (``recipients`` asks them in this order)."""

    NOEMT = "noemt", _("omdat je genoemd bent")
    NOEMT_GROEP = "noemt_groep", _("omdat je groep of afdeling genoemd is")
    DESKUNDIG = "deskundig", _("omdat jij hier veel van weet")
    WACHT = "wacht", _("omdat dit op jou wacht")
    BEHANDELT = "behandelt", _("omdat jij dit oppakte")
    JOUW_VRAAG = "jouw_vraag", _("omdat jij dit vroeg")
    JOUW_ANTWOORD = "jouw_antwoord", _("omdat jij antwoord gaf")
    VOLGT = "volgt", _("omdat je dit volgt")
    GROEP = "groep", _("omdat je deze groep volgt")
    JIJ = "jij", _("omdat het over jou gaat")

    @classmethod
    def dempbaar(cls) -> tuple["Reden", ...]:
        """What somebody who switched a Thread off hears no more of it; to be named or waited for goes on."""
        return (cls.JOUW_VRAAG, cls.JOUW_ANTWOORD, cls.VOLGT, cls.GROEP)


class MeldingQuerySet(toegang.InGroepQuerySet):
    """Of the one whose Melding it is: ``van(gebruiker)`` first, the rule (``zichtbaar_voor``) always."""

    groep_pad = "thread__groep"  # where the Thread lives now, wherever it lived then

    def zichtbaar_voor(self, gebruiker):
        """Of Threads and Groepen that may be read now; what is about the person alone they always see."""
        groepen = Groep.objects.zichtbaar_voor(gebruiker).values("pk")
        over_groep = self.filter(thread=None, groep__in=groepen)
        return super().zichtbaar_voor(gebruiker) | over_groep | self.filter(thread=None, groep=None)

    def van(self, gebruiker):
        return self.filter(gebruiker=gebruiker)

    def ongelezen(self):
        return self.filter(gelezen_op=None)

    def nog_gewenst(self):
        """Without what somebody wants to hear no more of since: a Thread they stopped following."""
        volgt = Volger.objects.filter(gebruiker=OuterRef("gebruiker"), thread=OuterRef("thread"))
        return self.filter(
            ~Q(reden=Reden.VOLGT) | Exists(volgt),
            ~Q(reden__in=Reden.dempbaar()) | ~Exists(volgt.filter(is_uit=True)),
        )

    def laatste(self):
        """One per thread: the newest. What the page lists and the bell counts."""
        return self.filter(is_laatste=True)


class Melding(models.Model):
    """One person hears of one Event. The page, the bell, mail and phone all show this row.

    Made set-based (``ontvangers.meld``): one statement for ten people or ten thousand. An Event gives a
    person one Melding, whatever happens twice. The text stays where it is: page and mail fetch it through
    the rule.
    """

    gebruiker = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="meldingen", db_index=False
    )
    # The number of the Event, which may be cleaned up before this row is.
    event_id = models.BigIntegerField()
    # As on the Event: "antwoord.gegeven".
    soort = models.CharField(max_length=40)
    reden = models.CharField(max_length=16, choices=Reden.choices)
    groep = models.ForeignKey(Groep, null=True, on_delete=models.CASCADE, related_name="+")
    # The fewer indexes, the sooner ten thousand people hear: none where nobody looks but a rare cascade.
    thread = models.ForeignKey(
        Thread, null=True, on_delete=models.CASCADE, related_name="meldingen", db_index=False
    )
    antwoord = models.ForeignKey(
        Antwoord, null=True, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    reactie = models.ForeignKey(
        Reactie, null=True, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    door = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    op = models.DateTimeField(default=timezone.now)
    gelezen_op = models.DateTimeField(null=True, blank=True)
    # The newest of this person about this Thread. Kept by ``ontvangers.meld``.
    is_laatste = models.BooleanField(default=True)
    # When it may go by mail, decided when it was made; decided again when it leaves.
    mail = models.CharField(max_length=1, choices=Mailmoment.choices, default=Mailmoment.NOOIT)
    gemaild_op = models.DateTimeField(null=True, blank=True)
    # Whether it goes to the phone, and when it went.
    naar_telefoon = models.BooleanField(default=False)
    geduwd_op = models.DateTimeField(null=True, blank=True)

    objects = MeldingQuerySet.as_manager()

    class Meta:
        verbose_name = _("melding")
        verbose_name_plural = _("meldingen")
        constraints = [
            models.UniqueConstraint(fields=["event_id", "gebruiker"], name="een_melding_per_gebeurtenis")
        ]
        indexes = [
            models.Index(fields=["gebruiker", "-id"], name="melding_lijst", condition=Q(is_laatste=True)),
            models.Index(
                fields=["gebruiker"], name="melding_bel", condition=Q(is_laatste=True, gelezen_op=None)
            ),
            models.Index(fields=["thread", "gebruiker", "id"], name="melding_in_thread"),
            models.Index(
                fields=["mail", "op"], name="melding_te_mailen", condition=Q(gemaild_op=None, gelezen_op=None)
            ),
            models.Index(
                fields=["op"],
                name="melding_te_duwen",
                condition=Q(geduwd_op=None, gelezen_op=None, naar_telefoon=True),
            ),
            models.Index(fields=["op"], name="melding_op"),
        ]

    def __str__(self):
        return f"{self.soort} voor {self.gebruiker_id}"
