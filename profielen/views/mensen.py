"""Who works here: the list of people, with filters, and suggestions while someone types a name."""

from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, Prefetch, Q
from django.http import JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from profielen.aanwezigheid import aanwezigheid
from profielen.afdelingen import als_boom, met_onderdelen
from profielen.dagdelen import dagdeel_van
from profielen.forms.kiezer import Kiezer
from profielen.forms.mens import als_tekst
from profielen.models import Afdeling, Deskundigheid, Gebruiker, Onderwerp, Organisatie
from profielen.namen import vouw

PER_PAGINA = 25
MAX_VOORSTELLEN = 10
MAX_ZOEKTEKST = 100
AANWEZIG = ("nu", "vandaag")
# Columns a list needs; the rest of the account (the password first of all) stays in the database.
KOLOMMEN = (
    "voornaam", "tussenvoegsel", "achternaam", "email", "sorteernaam",
    "organisatie__naam", "organisatie__deelname",
    "profiel__functie", "profiel__foto", "profiel__dagdelen", "profiel__afwezig_van", "profiel__afwezig_tot",
    "profiel__vervanger_id", "profiel__vraag_mij_over", "profiel__afdeling__naam",
)  # fmt: skip


@dataclass
class Filter:
    """What the address asks for; anything that makes no sense is left out."""

    wie: str = ""
    organisaties: list[int] = field(default_factory=list)
    afdeling: int | None = None
    onderwerp: str = ""
    kennis: list[str] = field(default_factory=list)
    aanwezig: str = ""
    na: tuple[str, int] | None = None

    @classmethod
    def van(cls, request) -> "Filter":
        vraag = request.GET
        naam, _streep, pk = vraag.get("na", "").replace("\0", "").rpartition("~")
        aanwezig = vraag.get("aanwezig", "")
        return cls(
            wie=_tekst(vraag.get("wie", "")),
            organisaties=[n for n in map(_nummer, vraag.getlist("organisatie")[:50]) if n],
            afdeling=_nummer(vraag.get("afdeling", "")),
            onderwerp=_tekst(vraag.get("onderwerp", "")),
            kennis=[soort for soort in vraag.getlist("kennis") if soort in Deskundigheid.Soort.values],
            aanwezig=aanwezig if aanwezig in AANWEZIG else "",
            na=(naam, nummer) if (nummer := _nummer(pk)) else None,
        )

    @property
    def verfijnt(self) -> int:
        """How many choices narrow the list."""
        losse = bool(self.afdeling) + bool(self.onderwerp) + bool(self.aanwezig)
        return len(self.organisaties) + len(self.kennis) + losse


@require_GET
def lijst(request):
    """The people that this reader may see, by surname."""
    filter_ = Filter.van(request)
    kijker = request.user
    mensen = Gebruiker.objects.zichtbaar_voor(kijker)
    organisaties = _organisaties(kijker)
    afdelingen = _afdelingen(kijker, filter_)
    onderwerp = _onderwerp(filter_.onderwerp)
    if filter_.wie:
        mensen = mensen.zoek(filter_.wie, kijker)
    if filter_.organisaties:
        mensen = mensen.filter(organisatie__in=filter_.organisaties)
    if filter_.afdeling:
        mensen = mensen.filter(profiel__afdeling__in=met_onderdelen(filter_.afdeling, afdelingen))
    if filter_.onderwerp and onderwerp is None:
        mensen = mensen.none()
    elif onderwerp or filter_.kennis:
        mensen = mensen.deskundig(kijker, onderwerp, filter_.kennis)
    if filter_.aanwezig:
        nu = timezone.localtime()
        mensen = mensen.werkt_op(nu.date(), dagdeel_van(nu) if filter_.aanwezig == "nu" else None)
    if filter_.na:
        naam, pk = filter_.na
        mensen = mensen.filter(Q(sorteernaam__gt=naam) | Q(sorteernaam=naam, pk__gt=pk))
    rij = list(_voor_kaart(mensen, kijker)[: PER_PAGINA + 1])
    meer = len(rij) > PER_PAGINA
    rij = rij[:PER_PAGINA]
    return render(
        request,
        "profielen/mensen.html",
        {
            "filter": filter_,
            "kaarten": _kaarten(kijker, rij, onderwerp),
            "volgende": f"{rij[-1].sorteernaam}~{rij[-1].pk}" if meer else "",
            "organisaties": organisaties,
            "takken": list(als_boom(afdelingen)),
            "onderwerp": onderwerp,
            "onderwerpveld": Kiezer("profielen:onderwerpen_zoek", meer=False).render(
                "onderwerp",
                onderwerp.naam if onderwerp else filter_.onderwerp,
                {"id": "onderwerp", "aria-describedby": "onderwerp-fout"}
                if filter_.onderwerp and onderwerp is None
                else {"id": "onderwerp"},
            ),
            "soorten": Deskundigheid.Soort,
        },
    )


@require_GET
def zoek(request):
    """Colleagues for ``?q=``, whom this reader may see anyway: for fields that ask for one."""
    return stel_voor(Gebruiker.objects.zichtbaar_voor(request.user), request.GET.get("q", ""))


def stel_voor(mensen, tekst: str) -> JsonResponse:
    """At most ten of ``mensen`` (already what the reader may see) whose name or address holds ``tekst``."""
    tekst = _tekst(tekst)
    if vouw(tekst):
        mensen = mensen.met_naam(tekst).op_begin(tekst)
        gevonden = mensen.select_related("organisatie", "profiel__afdeling").only(*KOLOMMEN)[:MAX_VOORSTELLEN]
    else:
        gevonden = mensen.none()
    return JsonResponse(
        {
            "voorstellen": [
                {"naam": mens.naam, "tekst": als_tekst(mens), "uitleg": _waar(mens)} for mens in gevonden
            ]
        }
    )


# --- pieces -------------------------------------------------------------------------------------


@dataclass
class Kaart:
    """A person as the list shows them."""

    mens: Gebruiker
    wat: str
    over: str
    weet: list[str]
    bewezen: list[str]
    aanwezig: object
    vervanger: Gebruiker | None


def _voor_kaart(mensen, kijker):
    kennis = Deskundigheid.objects.te_tonen_aan(kijker).filter(verborgen_op=None)
    kennis = kennis.select_related("onderwerp").only("profiel_id", "soort", "onderwerp__naam")
    return (
        mensen.select_related("organisatie", "profiel__afdeling")
        .only(*KOLOMMEN)
        .prefetch_related(
            Prefetch("profiel__deskundigheden", kennis.order_by("onderwerp__sorteernaam"), to_attr="kennis")
        )
    )


def _kaarten(kijker, mensen, onderwerp):
    vandaag = timezone.localdate()
    standen = {mens.pk: aanwezigheid(mens.profiel, vandaag) for mens in mensen}
    weg = {mens.profiel.vervanger_id for mens in mensen if standen[mens.pk].soort == "weg"}
    # The rule again: a Gast who sees someone need not see who replaces them.
    vervangers = Gebruiker.objects.zichtbaar_voor(kijker).only(
        "voornaam", "tussenvoegsel", "achternaam", "email"
    )
    wie = vervangers.in_bulk(weg - {None})
    kaarten = []
    for mens in mensen:
        profiel, stand = mens.profiel, standen[mens.pk]
        bewezen = [d.onderwerp.naam for d in profiel.kennis if d.soort == Deskundigheid.Soort.BEWEZEN]
        if onderwerp is not None and onderwerp.naam in bewezen:
            bewezen = [onderwerp.naam]
        kaarten.append(
            Kaart(
                mens=mens,
                wat=_waar(mens),
                over=profiel.vraag_mij_over,
                weet=list(dict.fromkeys(d.onderwerp.naam for d in profiel.kennis))[:3],
                bewezen=bewezen[:2],
                aanwezig=stand,
                vervanger=wie.get(profiel.vervanger_id) if stand.soort == "weg" else None,
            )
        )
    return kaarten


def _waar(mens: Gebruiker) -> str:
    """ "Juridisch adviseur, Vergunningen, Zandmeer": as much of it as is known."""
    profiel = mens.profiel
    delen = (
        profiel.functie,
        profiel.afdeling.naam if profiel.afdeling else "",
        mens.organisatie.naam if mens.organisatie else "",
    )
    return ", ".join(deel for deel in delen if deel)


def _organisaties(kijker) -> list[Organisatie]:
    """To choose from: the deelnemers; for a Gast those of the people in their Groepen."""
    alle = Organisatie.objects.only("naam", "deelname")
    if kijker.is_medewerker:
        return list(alle.deelnemend())
    mensen = Gebruiker.objects.zichtbaar_voor(kijker).filter(organisatie=OuterRef("pk"))
    return list(alle.filter(Exists(mensen)))


def _afdelingen(kijker, filter_: Filter) -> list[Afdeling]:
    """To choose from: those of the Organisaties that were chosen, else of the own one. Not for a Gast."""
    if not kijker.is_medewerker:
        return []
    waar = Q(organisatie__in=filter_.organisaties or [kijker.organisatie_id])
    if filter_.afdeling:
        waar |= Q(organisatie__afdelingen=filter_.afdeling)
    afdelingen = Afdeling.objects.filter(waar).only("naam", "ouder_id", "organisatie_id")
    return list(
        afdelingen.filter(organisatie__deelname=Organisatie.Deelname.DEELNEMER).order_by("sorteernaam")
    )


def _onderwerp(tekst: str) -> Onderwerp | None:
    """By name, folded, or by slug (as links have it)."""
    if not tekst:
        return None
    return Onderwerp.objects.filter(Q(sorteernaam=vouw(tekst)) | Q(slug=tekst)).first()


def _tekst(waarde: str) -> str:
    return " ".join(waarde.replace("\0", "").split())[:MAX_ZOEKTEKST]


def _nummer(waarde: str) -> int | None:
    """A primary key, or None for anything that cannot be one."""
    return int(waarde) if waarde.isascii() and waarde.isdigit() and len(waarde) < 16 else None
