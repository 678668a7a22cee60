"""The list of Groepen: mine, and those I may find."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q
from django.utils.translation import gettext_lazy as _

from groepen import toegang
from groepen.bereik import opsomming
from groepen.models import Groep, Toetredingsverzoek
from profielen.models import Onderwerp, Organisatie
from profielen.namen import vouw

PER_BLAD = 25
# So many of my own stand above what else there is; the rest is one click away.
EIGEN_BOVENAAN = 12
SOORTEN = {toegang.OPEN: _("Open"), toegang.BESLOTEN: _("Besloten"), toegang.VERBORGEN: _("Verborgen")}


@dataclass(slots=True)
class Rij:
    """A Groep in the list, for one reader."""

    groep: Groep
    # Of whom it is, when not just of the reader's own organisatie.
    van: str
    rol: str | None
    heeft_nieuws: bool
    is_gevraagd: bool


def bouw(kijker, vraag: Any) -> dict[str, Any]:
    """What the page shows for the query ``vraag`` (a QueryDict); five queries, however many Groepen."""
    zoek = vraag.get("q", "").replace("\0", "").strip()[:100]
    soort = vraag.get("soort") if vraag.get("soort") in SOORTEN else ""
    toon = vraag.get("toon") if vraag.get("toon") in ("mijn", "alle") else ""
    organisaties = list(
        Organisatie.objects.filter(groepen__in=Groep.objects.vindbaar_voor(kijker).order_by().values("pk"))
        .distinct()
        .only("naam")
    )
    organisatie = next((o for o in organisaties if str(o.pk) == vraag.get("organisatie")), None)
    smal = bool(zoek or soort or organisatie)

    mijn = {lid.groep_id: lid for lid in toegang.onthoud_lidmaatschappen(kijker)}
    groepen = _gevonden(Groep.objects.vindbaar_voor(kijker), zoek, soort, organisatie)
    eigen: list[Groep] = []
    if toon == "mijn":
        groepen = groepen.filter(pk__in=list(mijn))
    elif not smal and toon != "alle":
        # The page as it opens: my own first, then what else there is.
        eerste = list(mijn)[:EIGEN_BOVENAAN]
        eigen = list(_voor_rij(Groep.objects.vindbaar_voor(kijker).filter(pk__in=eerste), kijker))
        groepen = groepen.exclude(pk__in=list(mijn))
    blad, volgende = _blad(_voor_rij(groepen, kijker), vraag.get("na"))
    return {
        "eigen": [_rij(groep, kijker, mijn) for groep in eigen],
        "aantal_eigen": len(mijn),
        "rijen": [_rij(groep, kijker, mijn) for groep in blad],
        "volgende": volgende,
        "is_eerste": not vraag.get("na"),
        "zoek": zoek,
        "soort": soort,
        "soorten": SOORTEN,
        "toon": toon,
        "smal": smal,
        "organisaties": organisaties,
        "organisatie": organisatie,
    }


def _gevonden(groepen, zoek: str, soort: str | None, organisatie):
    if zoek and (gevouwen := vouw(zoek)):
        over = Onderwerp.objects.filter(sorteernaam__contains=gevouwen, groepen=OuterRef("pk"))
        groepen = groepen.filter(Q(sorteernaam__contains=gevouwen) | Exists(over))
    if soort:
        groepen = groepen.filter(soort=soort)
    if organisatie is not None:
        groepen = groepen.filter(organisaties=organisatie)
    return groepen


def _voor_rij(groepen, kijker):
    gevraagd = Toetredingsverzoek.objects.filter(groep=OuterRef("pk"), gebruiker=kijker, besloten_op=None)
    return (
        groepen.annotate(is_gevraagd=Exists(gevraagd))
        .prefetch_related(Prefetch("organisaties", Organisatie.objects.only("naam", "sorteernaam")))
        .defer("hoort_wel", "hoort_niet")
        .order_by("sorteernaam", "pk")
    )


def _rij(groep, kijker, mijn) -> Rij:
    organisaties = groep.organisaties.all()
    alleen_eigen = [o.pk for o in organisaties] == [kijker.organisatie_id]
    lid = mijn.get(groep.pk)
    return Rij(
        groep,
        "" if alleen_eigen else opsomming([o.naam for o in organisaties]),
        lid and lid.rol,
        lid is not None and lid.heeft_nieuws,
        groep.is_gevraagd,
    )


def _blad(groepen, na: str | None) -> tuple[list[Groep], str | None]:
    """One page by keyset on name and number, and the cursor of the next."""
    pk, _streep, naam = (na or "").partition("-")
    if naam and "\0" not in naam and pk.isascii() and pk.isdigit() and len(pk) < 16:
        groepen = groepen.filter(Q(sorteernaam__gte=naam), Q(sorteernaam__gt=naam) | Q(pk__gt=int(pk)))
    gevonden = list(groepen[: PER_BLAD + 1])
    if len(gevonden) <= PER_BLAD:
        return gevonden, None
    laatste = gevonden[PER_BLAD - 1]
    return gevonden[:PER_BLAD], f"{laatste.pk}-{laatste.sorteernaam}"
