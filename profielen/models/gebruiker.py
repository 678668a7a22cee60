from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models, transaction
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from intranet.events.models import Event
from profielen import haken
from profielen.namen import vouw

from .mensen import MensenQuerySet
from .organisatie import Organisatie


class GebruikerManager(BaseUserManager.from_queryset(MensenQuerySet)):  # type: ignore[misc]
    def get_by_natural_key(self, email):
        return self.get(email=email.lower())

    def create_user(self, email, password=None, **velden):
        """A Gebruiker with this e-mail address (stored lower case) and, always, a Profiel."""
        from .profiel import Profiel

        if not email:
            raise ValueError("A Gebruiker needs an e-mail address.")
        gebruiker = self.model(email=email.lower(), **velden)
        gebruiker.set_password(password)
        with transaction.atomic():
            gebruiker.save(using=self._db)
            Profiel.objects.create(gebruiker=gebruiker)
        return gebruiker

    def create_superuser(self, email, password=None, **velden):
        return self.create_user(email, password, is_staff=True, is_superuser=True, **velden)


class Gebruiker(AbstractBaseUser, PermissionsMixin):
    """An account that logs in, by e-mail.

    Medewerker when the Organisatie is a deelnemer, otherwise a Gast everywhere. ``is_superuser`` opens
    ``/beheer/``; it passes no access rule.
    """

    email = models.EmailField(_("e-mailadres"), unique=True)
    voornaam = models.CharField(_("voornaam"), max_length=60, blank=True)
    tussenvoegsel = models.CharField(_("tussenvoegsel"), max_length=20, blank=True)
    achternaam = models.CharField(_("achternaam"), max_length=80, blank=True)
    sorteernaam = models.CharField(max_length=165, editable=False, db_index=True)
    organisatie = models.ForeignKey(
        Organisatie, null=True, blank=True, on_delete=models.PROTECT, related_name="gebruikers"
    )
    taal = models.CharField(
        _("taal"), max_length=5, default="nl", choices=[("nl", "Nederlands"), ("en", "English")]
    )
    is_active = models.BooleanField(_("mag inloggen"), default=True)
    is_staff = models.BooleanField(_("mag in het beheer"), default=False)
    is_communitymanager = models.BooleanField(_("communitymanager"), default=False)
    aangemeld_op = models.DateTimeField(default=timezone.now)
    geblokkeerd_op = models.DateTimeField(null=True, blank=True)
    beeindigd_op = models.DateTimeField(null=True, blank=True)

    # Not a column: the number on the bell, for who is logged in (``intranet.accounts``).
    bel: int

    USERNAME_FIELD = EMAIL_FIELD = "email"
    REQUIRED_FIELDS = []

    objects = GebruikerManager()

    class Meta:
        ordering = ["sorteernaam", "pk"]
        verbose_name = _("gebruiker")
        verbose_name_plural = _("gebruikers")
        indexes = [models.Index(fields=["organisatie", "is_active"], name="gebruiker_organisatie")]
        constraints = [
            models.CheckConstraint(condition=models.Q(email=Lower("email")), name="email_in_kleine_letters")
        ]

    def __str__(self):
        return self.naam

    def save(self, *args, **kwargs):
        self.email = self.email.lower()
        self.sorteernaam = vouw(f"{self.achternaam} {self.voornaam}" if self.achternaam else self.naam)
        if kwargs.get("update_fields"):
            kwargs["update_fields"] = {*kwargs["update_fields"], "sorteernaam"}
        super().save(*args, **kwargs)

    @property
    def naam(self) -> str:
        """The name as colleagues read it: "Fatima el Idrissi"; without one, the start of the address."""
        delen = [deel for deel in (self.voornaam, self.tussenvoegsel, self.achternaam) if deel]
        return " ".join(delen) or self.email.partition("@")[0]

    @property
    def initialen(self) -> str:
        eerste = self.voornaam or self.email
        return (eerste[:1] + self.achternaam[:1]).upper()

    @property
    def is_medewerker(self) -> bool:
        return self.organisatie is not None and self.organisatie.is_deelnemer

    @property
    def is_gast(self) -> bool:
        return not self.is_medewerker

    # allauth and Django's admin ask for these.
    def get_full_name(self):
        return self.naam

    def get_short_name(self):
        return self.voornaam or self.naam

    @transaction.atomic
    def blokkeer(self, door=None):
        """Stop this account at once: no login, no rule passes; content and name stay. Records an Event."""
        self.is_active = False
        self.geblokkeerd_op = timezone.now()
        self.save(update_fields=["is_active", "geblokkeerd_op"])
        Event.record("gebruiker.geblokkeerd", actor=door, ding=self)
        self._vertrek(door)

    @transaction.atomic
    def beeindig(self, door=None):
        """The person left: like ``blokkeer``, but meant to stay."""
        self.is_active = False
        self.beeindigd_op = timezone.now()
        self.save(update_fields=["is_active", "beeindigd_op"])
        Event.record("gebruiker.beeindigd", actor=door, ding=self)
        self._vertrek(door)

    def _vertrek(self, door):
        for haak in haken.bij_vertrek:
            haak(self, door)

    @transaction.atomic
    def laat_weer_toe(self, door=None):
        self.is_active = True
        self.geblokkeerd_op = self.beeindigd_op = None
        self.save(update_fields=["is_active", "geblokkeerd_op", "beeindigd_op"])
        Event.record("gebruiker.toegelaten", actor=door, ding=self)

    @transaction.atomic
    def wissel_organisatie(self, nieuw, door=None):
        """Work for another Organisatie from now on (None: for none that is known here).

        The Afdeling of the old one goes; groepen ends the Lidmaatschappen that no longer fit
        (``groepen.verhuizing``).
        """
        oud = self.organisatie
        if oud == nieuw:
            return
        self.organisatie = nieuw
        self.save(update_fields=["organisatie"])
        self.profiel.__class__.objects.filter(pk=self.pk).update(afdeling=None, versie=models.F("versie") + 1)
        self.profiel.afdeling = None
        Event.record(
            "gebruiker.wisselde_organisatie",
            actor=door,
            ding=self,
            oude_organisatie=oud.pk if oud else None,
            nieuwe_organisatie=nieuw.pk if nieuw else None,
        )
        for haak in haken.bij_wissel:
            haak(self, oud, door)
