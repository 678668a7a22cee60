import uuid

from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from groepen import toegang
from groepen.fouten import Botsing, Weigering
from intranet.events.models import Event
from profielen.models import Onderwerp, Organisatie
from profielen.namen import vouw


class Groep(models.Model):
    """The place where people talk, and the only unit of visibility: see ``groepen.toegang``."""

    class Soort(models.TextChoices):
        OPEN = toegang.OPEN, _("Open groep")
        BESLOTEN = toegang.BESLOTEN, _("Besloten groep")
        VERBORGEN = toegang.VERBORGEN, _("Verborgen groep")

    naam = models.CharField(_("naam"), max_length=100)
    slug = models.SlugField(max_length=110, unique=True)
    sorteernaam = models.CharField(max_length=100, editable=False, db_index=True)
    soort = models.CharField(_("soort"), max_length=10, choices=Soort.choices, default=Soort.OPEN)
    organisaties = models.ManyToManyField(Organisatie, related_name="groepen", verbose_name=_("organisaties"))
    icoon = models.CharField(_("pictogram"), max_length=40, default="users-group")
    tint = models.PositiveSmallIntegerField(_("kleur"), default=1)

    # The kaders card.
    doel = models.CharField(_("waarvoor is deze groep?"), max_length=400, blank=True)
    hoort_wel = models.TextField(_("wat hoort hier?"), blank=True, help_text=_("Eén regel per punt."))
    hoort_niet = models.TextField(_("wat hoort hier niet?"), blank=True, help_text=_("Eén regel per punt."))
    norm_werkdagen = models.PositiveSmallIntegerField(_("antwoord binnen (werkdagen)"), default=2)
    onderwerpen = models.ManyToManyField(
        Onderwerp, blank=True, related_name="groepen", verbose_name=_("onderwerpen")
    )

    # The creating form carries this: posting it twice gives the same Groep.
    sleutel = models.UUIDField(null=True, unique=True, editable=False)
    gemaakt_op = models.DateTimeField(default=timezone.now)
    gesloten_op = models.DateTimeField(null=True, blank=True)
    versie = models.PositiveIntegerField(default=1)
    laatst_actief_op = models.DateTimeField(null=True, blank=True)
    aantal_leden = models.PositiveIntegerField(default=0)
    # The Gasten among them: kept here, because every page that says who reads along names them.
    aantal_gasten = models.PositiveIntegerField(default=0)
    aantal_vragen = models.PositiveIntegerField(default=0)
    aantal_onbeantwoord = models.PositiveIntegerField(default=0)
    aantal_onopgelost = models.PositiveIntegerField(default=0)

    objects = toegang.GroepQuerySet.as_manager()

    class Meta:
        ordering = ["sorteernaam"]
        verbose_name = _("groep")
        verbose_name_plural = _("groepen")

    def __str__(self):
        return self.naam

    def save(self, *args, **kwargs):
        self.sorteernaam = vouw(self.naam)
        if not self.slug:
            self.slug = vrije_slug(self.naam)
        super().save(*args, **kwargs)

    # --- Reading ------------------------------------------------------------------------------

    @property
    def punten_wel(self) -> list[str]:
        return [regel.strip() for regel in self.hoort_wel.splitlines() if regel.strip()]

    @property
    def punten_niet(self) -> list[str]:
        return [regel.strip() for regel in self.hoort_niet.splitlines() if regel.strip()]

    @property
    def is_gesloten(self) -> bool:
        return self.gesloten_op is not None

    @property
    def thread_groep(self):
        return self

    # --- Starting and changing ----------------------------------------------------------------

    @classmethod
    def start(
        cls, eigenaar, *, organisaties=None, onderwerpen=(), sleutel: uuid.UUID | None = None, **velden
    ) -> "Groep":
        """A new Groep with ``eigenaar`` as its eigenaar; of the organisatie of the eigenaar by default.

        The same ``sleutel`` twice gives the Groep of the first time.
        """
        if sleutel is not None:
            eerder = eigenaar.lidmaatschappen.filter(groep__sleutel=sleutel).select_related("groep").first()
            if eerder is not None:
                return eerder.groep
        try:
            with transaction.atomic():
                groep = cls.objects.create(sleutel=sleutel, **velden)
                groep.organisaties.set(organisaties if organisaties is not None else [eigenaar.organisatie])
                if onderwerpen:
                    groep.onderwerpen.set(onderwerpen)
                groep.lidmaatschappen.create(gebruiker=eigenaar, rol=toegang.EIGENAAR)
                groep.tel_leden()
                toegang.vergeet_lidmaatschappen(eigenaar)
                Event.record("groep.gestart", groep=groep, actor=eigenaar, ding=groep)
        except IntegrityError:
            # The other half of a double submit was first.
            eerder = eigenaar.lidmaatschappen.filter(groep__sleutel=sleutel).select_related("groep").first()
            if sleutel is None or eerder is None:
                raise
            return eerder.groep
        return groep

    @transaction.atomic
    def wijzig(self, door, *, versie: int | None = None, naam=None, onderwerpen=None, **velden) -> None:
        """Change the kaders. A new name gives a new slug; the old one keeps leading here.

        Raises Botsing when someone else saved after ``versie`` was read; then nothing changed.
        """
        huidig = Groep.objects.select_for_update().get(pk=self.pk)
        if versie is not None and huidig.versie != versie:
            raise Botsing(huidig)
        oude_slug = huidig.slug
        for veld, waarde in velden.items():
            setattr(self, veld, waarde)
        if naam and naam != huidig.naam:
            self.naam = naam
            self.slug = vrije_slug(naam, behalve=self)
            if self.slug != oude_slug:
                OudeSlug.objects.update_or_create(slug=oude_slug, defaults={"groep": self})
                OudeSlug.objects.filter(slug=self.slug).delete()
        self.versie = huidig.versie + 1
        # Not the counters: those go up and down meanwhile.
        self.save(update_fields=[*velden, "naam", "slug", "sorteernaam", "versie"])
        if onderwerpen is not None:
            self.onderwerpen.set(onderwerpen)
        feiten = {"oude_soort": huidig.soort} if huidig.soort != self.soort else {}
        Event.record("groep.gewijzigd", groep=self, actor=door, ding=self, **feiten)

    @transaction.atomic
    def sluit(self, door) -> None:
        """Close: everything stays readable, nothing can be added."""
        self.gesloten_op = timezone.now()
        self.save(update_fields=["gesloten_op", "sorteernaam"])
        Event.record("groep.gesloten", groep=self, actor=door, ding=self)

    @transaction.atomic
    def heropen(self, door) -> None:
        self.gesloten_op = None
        self.save(update_fields=["gesloten_op", "sorteernaam"])
        Event.record("groep.heropend", groep=self, actor=door, ding=self)

    # --- People -------------------------------------------------------------------------------

    def voeg_toe(self, gebruiker, rol=toegang.LID, door=None):
        """Make ``gebruiker`` a member with ``rol``; who is in already gets it. Gives the Lidmaatschap."""
        with transaction.atomic():
            lid, nieuw = self.lidmaatschappen.update_or_create(
                gebruiker=gebruiker, defaults={"rol": rol, "eindigt_op": None}
            )
            if nieuw:
                self.tel_leden()
            # Whoever is let in, in whatever way, is no longer waiting at the door.
            self.verzoeken.filter(gebruiker=gebruiker, besloten_op=None).update(
                besloten_op=timezone.now(), besloten_door=door, is_toegelaten=True
            )
            toegang.vergeet_lidmaatschappen(gebruiker)
            soort = "lidmaatschap.begonnen" if nieuw else "lidmaatschap.gewijzigd"
            Event.record(soort, groep=self, actor=door or gebruiker, ding=gebruiker, rol=rol)
        return lid

    def laat_bijdragen(self, gebruiker) -> bool:
        """Before someone writes: refuses who may not; makes an own Medewerker lid. True if lid just now."""
        if not toegang.mag_bijdragen(gebruiker, self):
            raise Weigering(_t("Je mag in deze groep niet schrijven."))
        if toegang.rol_in(self, gebruiker) is not None:
            return False
        self.voeg_toe(gebruiker)
        return True

    @transaction.atomic
    def verwijder_lid(self, gebruiker, door=None, **feiten) -> None:
        """End a Lidmaatschap, by leaving or by a beheerder. The last eigenaar cannot go.

        ``feiten`` go along in the Event, such as why (``reden``).
        Raises Weigering when ``gebruiker`` is the only eigenaar.
        """
        lid = self.lidmaatschappen.select_for_update().filter(gebruiker=gebruiker).first()
        if lid is None:
            return
        if lid.rol == toegang.EIGENAAR:
            self._eis_andere_eigenaar(gebruiker)
        lid.delete()
        self.tel_leden()
        toegang.vergeet_lidmaatschappen(gebruiker)
        Event.record(
            "lidmaatschap.beeindigd",
            groep=self,
            actor=door or gebruiker,
            ding=gebruiker,
            rol=lid.rol,
            **feiten,
        )

    @transaction.atomic
    def geef_rol(self, gebruiker, rol, door) -> None:
        """Change the rol of a lid. Raises Weigering when that would leave the Groep without an eigenaar."""
        lid = self.lidmaatschappen.select_for_update().get(gebruiker=gebruiker)
        if lid.rol == rol:
            return
        if lid.rol == toegang.EIGENAAR:
            self._eis_andere_eigenaar(gebruiker)
        lid.rol = rol
        lid.save(update_fields=["rol"])
        toegang.vergeet_lidmaatschappen(gebruiker)
        Event.record("lidmaatschap.gewijzigd", groep=self, actor=door, ding=gebruiker, rol=rol)

    @transaction.atomic
    def draag_over(self, van, naar, door=None) -> None:
        """Hand ownership to ``naar`` (who becomes lid when needed); ``van`` stays as beheerder."""
        if not naar.is_active:
            raise Weigering(_t("Deze collega heeft geen actief account."))
        self.voeg_toe(naar, toegang.EIGENAAR, door=door or van)
        if van is not None and van != naar:
            self.lidmaatschappen.filter(gebruiker=van).update(rol=toegang.BEHEERDER)
            toegang.vergeet_lidmaatschappen(van)
        Event.record("groep.overgedragen", groep=self, actor=door or van, ding=naar)

    def is_enige_eigenaar(self, gebruiker) -> bool:
        """Whether the Groep would be without an eigenaar if ``gebruiker`` left."""
        return toegang.is_eigenaar(gebruiker, self) and not self._andere_eigenaren(gebruiker).exists()

    def _andere_eigenaren(self, gebruiker):
        eigenaren = self.lidmaatschappen.filter(rol=toegang.EIGENAAR, gebruiker__is_active=True)
        return eigenaren.exclude(gebruiker=gebruiker)

    def _eis_andere_eigenaar(self, gebruiker) -> None:
        # The Groep's own row is the lock: two eigenaren cannot leave at the same moment.
        Groep.objects.select_for_update().filter(pk=self.pk).first()
        if not self._andere_eigenaren(gebruiker).exists():
            raise Weigering(
                _t("Een groep heeft altijd een eigenaar. Draag de groep eerst over aan een collega.")
            )

    def tel_leden(self) -> None:
        """Count leden and Gasten anew: after a change of who is in, or of who works for its organisaties."""
        eigen = models.Q(
            gebruiker__organisatie__deelname="deelnemer",
            gebruiker__organisatie__in=self.organisaties.values("pk"),
        )
        geteld = self.lidmaatschappen.aggregate(
            leden=models.Count("pk"), eigen=models.Count("pk", filter=eigen)
        )
        self.aantal_leden, self.aantal_gasten = geteld["leden"], geteld["leden"] - geteld["eigen"]
        Groep.objects.filter(pk=self.pk).update(
            aantal_leden=self.aantal_leden, aantal_gasten=self.aantal_gasten
        )

    @transaction.atomic
    def vraag_toegang(self, gebruiker, motivatie=""):
        """Ask to join; asking twice gives the same Toetredingsverzoek."""
        verzoek, nieuw = self.verzoeken.get_or_create(
            gebruiker=gebruiker, besloten_op=None, defaults={"motivatie": motivatie}
        )
        if nieuw:
            Event.record("toegang.gevraagd", groep=self, actor=gebruiker, ding=verzoek)
        return verzoek

    @transaction.atomic
    def nodig_uit(self, email, rol, door):
        """Invite one address to this Groep, for 48 hours. A running Uitnodiging is replaced."""
        from .uitnodiging import Uitnodiging

        email = email.strip().lower()
        self.uitnodigingen.lopend().filter(email=email).update(ingetrokken_op=timezone.now())
        uitnodiging = Uitnodiging.objects.create(groep=self, email=email, rol=rol, door=door)
        Event.record("uitnodiging.gemaakt", groep=self, actor=door, ding=uitnodiging)
        return uitnodiging

    # --- What -----------------------------------------------------------------------------------

    def stel_vraag(self, steller, titel, inhoud="", **rest):
        """Ask a Vraag in this Groep; see ``Vraag.stel`` for what else it takes."""
        from .vraag import Vraag

        return Vraag.stel(self, steller, titel, inhoud, **rest)


class OudeSlug(models.Model):
    """A slug that a Groep had before; it redirects, after the rule."""

    slug = models.SlugField(max_length=110, unique=True)
    groep = models.ForeignKey(Groep, on_delete=models.CASCADE, related_name="oude_slugs")

    objects = toegang.langs("groep").as_manager()

    class Meta:
        verbose_name = _("oude slug")
        verbose_name_plural = _("oude slugs")

    def __str__(self):
        return self.slug


# Own words in /groepen/…: a Groep with such a slug could not be reached.
BEZET = {"nieuw", "uitnodiging", "uitnodigingen"}


def vrije_slug(naam: str, behalve: Groep | None = None) -> str:
    """A slug that no Groep has or had: "Wmo en jeugd" gives "wmo-en-jeugd", then "wmo-en-jeugd-2"."""
    basis = slugify(naam)[:100] or "groep"
    groepen = Groep.objects.filter(slug__startswith=basis)
    oud = OudeSlug.objects.filter(slug__startswith=basis)
    if behalve is not None:
        groepen, oud = groepen.exclude(pk=behalve.pk), oud.exclude(groep=behalve)
    bezet = BEZET.union(groepen.values_list("slug", flat=True), oud.values_list("slug", flat=True))
    slug, nummer = basis, 1
    while slug in bezet:
        nummer += 1
        slug = f"{basis}-{nummer}"
    return slug
