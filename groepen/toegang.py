"""The access rule: who may see, write in and manage a Groep.

Whatever lives in a Groep is visible to whoever may see that Groep. Lists, pages, search, Meldingen
and live updates all ask here; the rule is written nowhere else. The faces of the one rule:

- ``X.objects.zichtbaar_voor(gebruiker)``  the list
- ``mag_zien(gebruiker, ding)``            the object, derived from the list
- ``lezers(groep)``                        the audience: everyone for whom the list holds this Groep
- ``leest(gebruiker, groep)``              the same for rows that hold both, as a condition
- ``key(groep_id)`` / ``keys(gebruiker)``  its name in the index and on live channels
- ``vindbaar_voor(gebruiker)``             which cards may be listed
- ``mag_bijdragen``, ``mag_beheren``, ``is_eigenaar``  writing

The truth table stands in ``docs/rondleiding.md`` and, as an oracle, in ``tests/zichtbaarheid/``.
"""

from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from groepen.voorbereid import Voor
from intranet.prepared import SCHEIDING, Achtereen, Prepared, plan_cursor
from profielen.toegang import is_actief

OPEN, BESLOTEN, VERBORGEN = "open", "besloten", "verborgen"
EIGENAAR, BEHEERDER, LID, WAARNEMER = "eigenaar", "beheerder", "lid", "waarnemer"
BEHEERT = (EIGENAAR, BEHEERDER)
SCHRIJFT = (EIGENAAR, BEHEERDER, LID)


# --- Who belongs where ------------------------------------------------------------------------


def lopend(pad: str = "", nu=None) -> Q:
    """A Lidmaatschap that has not ended (yet)."""
    return Q(**{f"{pad}eindigt_op": None}) | Q(**{f"{pad}eindigt_op__gt": nu or timezone.now()})


def lid_van(gebruiker, **voorwaarden):
    """The Groepen in which ``gebruiker`` has a running Lidmaatschap, as a subquery of pks."""
    # Who is filled in later (``groepen.voorbereid``) brings a place for the moment too.
    loopt = lopend(nu=getattr(gebruiker, "nu", None))
    return gebruiker.lidmaatschappen.filter(loopt, **voorwaarden).values("groep")


def _eigen(gebruiker):
    """The Groepen of the organisatie this Medewerker works for, as a subquery of pks; None for a Gast."""
    if not gebruiker.is_medewerker:
        return None
    koppeling = apps.get_model("groepen", "Groep").organisaties.through
    return koppeling.objects.filter(organisatie=gebruiker.organisatie_id).values("groep")


# --- The rule ---------------------------------------------------------------------------------


def _regel(gebruiker, pad: str, soorten: tuple[str, ...]) -> Q:
    """Groepen of which one is lid, and those of the own organisatie of one of these ``soorten``."""
    if not is_actief(gebruiker):
        return Q(pk__in=[])
    regel = Q(**{f"{pad}pk__in": lid_van(gebruiker)})
    eigen = _eigen(gebruiker)
    if eigen is not None:
        regel |= Q(**{f"{pad}soort__in": soorten, f"{pad}pk__in": eigen})
    return regel


class GroepQuerySet(models.QuerySet):
    def zichtbaar_voor(self, gebruiker):
        """The Groepen whose content ``gebruiker`` may read."""
        return self.filter(_regel(gebruiker, "", (OPEN,)))

    def vindbaar_voor(self, gebruiker):
        """The Groepen of which ``gebruiker`` may see the card: name, purpose, kaders, eigenaar, size."""
        return self.filter(_regel(gebruiker, "", (OPEN, BESLOTEN)))

    def lopend(self):
        return self.filter(gesloten_op=None)


class InGroepQuerySet(models.QuerySet):
    """For whatever lives in a Groep; ``groep_pad`` is the way to that Groep, nothing more."""

    groep_pad = "groep"

    def zichtbaar_voor(self, gebruiker):
        return self.filter(_regel(gebruiker, f"{self.groep_pad}__", (OPEN,)))

    def in_groep(self, groep):
        return self.filter(**{self.groep_pad: groep})


def langs(pad: str) -> type[InGroepQuerySet]:
    """An InGroepQuerySet that reaches its Groep by ``pad``, such as "thread__groep"."""
    return type("InGroepQuerySet", (InGroepQuerySet,), {"groep_pad": pad})


def mag_zien(gebruiker, ding) -> bool:
    """Whether the list of things like this one, as ``gebruiker`` sees it, holds this one."""
    return type(ding)._default_manager.zichtbaar_voor(gebruiker).filter(pk=ding.pk).exists()


def lezers(groep):
    """The same rule from the other side: the Gebruikers who may read what is in ``groep``."""
    wie = get_user_model()._default_manager.filter(is_active=True)
    loopt = lopend(nu=getattr(groep, "nu", None))  # as in lid_van
    regel = Q(pk__in=groep.lidmaatschappen.filter(loopt).values("gebruiker"))
    if groep.soort == OPEN:
        regel |= Q(organisatie__deelname="deelnemer", organisatie__in=groep.organisaties.values("pk"))
    return wie.filter(regel)


def leest(gebruiker: str, groep: str, nu=None) -> Q:
    """The same rule for rows that hold both, by paths: whether its ``gebruiker`` may read its ``groep``.

    For one statement about many people in many Groepen (mail, overviews).
    """
    lid = apps.get_model("groepen", "Lidmaatschap")._default_manager.filter(
        lopend(nu=nu), gebruiker=OuterRef(gebruiker), groep=OuterRef(groep)
    )
    koppeling = apps.get_model("groepen", "Groep").organisaties.through._default_manager.filter(
        groep=OuterRef(groep), organisatie=OuterRef(f"{gebruiker}__organisatie")
    )
    open_en_eigen = Q(**{f"{groep}__soort": OPEN, f"{gebruiker}__organisatie__deelname": "deelnemer"})
    return Q(**{f"{gebruiker}__is_active": True}) & (Q(Exists(lid)) | (open_en_eigen & Q(Exists(koppeling))))


def key(groep_id: int) -> str:
    """What a Groep is called outside the database: in the index and as a live channel."""
    return f"g:{groep_id}"


def keys(gebruiker) -> set[str]:
    """The keys of all that ``gebruiker`` may read, for a filter inside an index."""
    groepen = apps.get_model("groepen", "Groep").objects.zichtbaar_voor(gebruiker)
    return {key(pk) for pk in groepen.values_list("pk", flat=True)}


# --- Writing ----------------------------------------------------------------------------------


def _van(ik, nu):
    leden = apps.get_model("groepen", "Lidmaatschap").objects.filter(gebruiker=ik)
    # The few first: else PostgreSQL reads all Groepen to join them.
    eigen = leden.filter(lopend(nu=nu), pk__eerst_in=leden.values("pk"))
    return eigen.select_related("groep").order_by("groep__sorteernaam")


def _leesbaar(ik):
    return apps.get_model("groepen", "Groep").objects.zichtbaar_voor(ik).order_by().values("pk")


_lidmaatschappen = Prepared(_van)
_leesbare_groepen = Voor(_leesbaar)
_lidmaatschappen_en_leesbaar = Voor(
    lambda ik: _van(ik, ik.nu).annotate(leesbaar=Achtereen(_leesbaar(ik).values(waarde=F("pk"))))
)


def te_lezen(gebruiker) -> set[int]:
    """The pks of all Groepen that ``gebruiker`` may read.

    One query, which brings the Lidmaatschappen along when nobody asked for them yet: the frame of a page
    shows them.
    """
    if not is_actief(gebruiker):
        return set()
    if not hasattr(gebruiker, "_lidmaatschappen"):
        leden = gebruiker._lidmaatschappen = _lidmaatschappen_en_leesbaar(gebruiker)
        if leden:  # each says the same
            return {int(pk) for pk in (leden[0].leesbaar or "").split(SCHEIDING) if pk}
    sql, params = _leesbare_groepen.sql(gebruiker)
    with plan_cursor() as cursor:
        cursor.execute(sql, params)
        return {pk for (pk,) in cursor.fetchall()}


def onthoud_lidmaatschappen(gebruiker) -> list:
    """All Lidmaatschappen of ``gebruiker`` with their Groep, in one query, kept on this very instance.

    For ``request.user``, which lives as long as one request: the frame shows them and ``rol_in`` then
    asks nothing. Elsewhere ``rol_in`` asks the database each time.
    """
    if not hasattr(gebruiker, "_lidmaatschappen"):
        leden = _lidmaatschappen(ik=gebruiker.pk, nu=timezone.now()) if is_actief(gebruiker) else []
        gebruiker._lidmaatschappen = leden
    return gebruiker._lidmaatschappen


def groep_van_lid(gebruiker, slug: str):
    """The Groep with this slug of which ``gebruiker`` is lid, else None. Who is lid reads it, by the rule.

    No query after ``onthoud_lidmaatschappen``: the page opened most, by those who open it most.
    """
    return next((lid.groep for lid in onthoud_lidmaatschappen(gebruiker) if lid.groep.slug == slug), None)


def vergeet_lidmaatschappen(gebruiker) -> None:
    """After a change of Lidmaatschap: what was remembered on this instance no longer holds."""
    gebruiker.__dict__.pop("_lidmaatschappen", None)


def rol_in(groep, gebruiker) -> str | None:
    """The rol of ``gebruiker`` in ``groep``; None without a running Lidmaatschap."""
    if not is_actief(gebruiker):
        return None
    if hasattr(gebruiker, "_lidmaatschappen"):
        return next((lid.rol for lid in gebruiker._lidmaatschappen if lid.groep_id == groep.pk), None)
    return groep.lidmaatschappen.filter(lopend(), gebruiker=gebruiker).values_list("rol", flat=True).first()


_organisaties = Prepared(
    lambda groep: (
        apps.get_model("profielen", "Organisatie").objects.filter(groepen=groep).order_by("sorteernaam")
    )
)


def onthoud_organisaties(groep, organisaties: list | None = None) -> list:
    """The organisaties of ``groep``, kept on this very instance; ``is_eigen`` then asks nothing.

    One query, unless the caller has them already.
    """
    if not hasattr(groep, "_organisaties"):
        if organisaties is None:
            organisaties = _organisaties(groep=groep.pk)
        groep._organisaties = organisaties
    return groep._organisaties


def is_eigen(groep, gebruiker) -> bool:
    """Whether ``gebruiker`` is a Medewerker of one of the organisaties of ``groep``."""
    if not (is_actief(gebruiker) and gebruiker.is_medewerker):
        return False
    if hasattr(groep, "_organisaties"):
        return any(organisatie.pk == gebruiker.organisatie_id for organisatie in groep._organisaties)
    return groep.organisaties.filter(pk=gebruiker.organisatie_id).exists()


def mag_bijdragen(gebruiker, groep) -> bool:
    """Whether ``gebruiker`` may write: a lid, or in an open Groep an own Medewerker (who becomes lid)."""
    if groep.gesloten_op is not None:
        return False
    rol = rol_in(groep, gebruiker)
    if rol is not None:
        return rol in SCHRIJFT
    return groep.soort == OPEN and is_eigen(groep, gebruiker)


def mag_lid_worden(gebruiker, groep) -> bool:
    """Whether ``gebruiker`` becomes lid by one click: an own Medewerker, in an open Groep that goes on."""
    return (
        groep.soort == OPEN
        and groep.gesloten_op is None
        and rol_in(groep, gebruiker) is None
        and is_eigen(groep, gebruiker)
    )


def mag_beheren(gebruiker, groep) -> bool:
    return rol_in(groep, gebruiker) in BEHEERT


def mag_bewerken(gebruiker, groep, schrijver_id: int) -> bool:
    """Whether ``gebruiker`` may edit or delete a text by ``schrijver_id``: their own, or as beheerder any."""
    if groep.gesloten_op is not None:
        return False
    return mag_beheren(gebruiker, groep) or (gebruiker.pk == schrijver_id and mag_bijdragen(gebruiker, groep))


def is_eigenaar(gebruiker, groep) -> bool:
    return rol_in(groep, gebruiker) == EIGENAAR


def mag_groep_starten(gebruiker) -> bool:
    """Every Medewerker of a deelnemer, unless this Binnenplein leaves it to communitymanagers."""
    if not (is_actief(gebruiker) and gebruiker.is_medewerker):
        return False
    return gebruiker.is_communitymanager or not settings.GROEP_STARTEN_ALLEEN_COMMUNITYMANAGERS


def kring(gebruiker):
    """The pks of the Gebruikers with whom ``gebruiker`` shares a Groep; see profielen.toegang."""
    lidmaatschap = apps.get_model("groepen", "Lidmaatschap")
    loopt = lopend(nu=getattr(gebruiker, "nu", None))  # as in lid_van
    return lidmaatschap.objects.filter(loopt, groep__in=lid_van(gebruiker)).values("gebruiker")
