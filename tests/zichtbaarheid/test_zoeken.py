"""Search: what is found, counted, suggested, corrected and told of people is what one may see, whole.

The walk of ``test_lezen`` sees what is shown too much. Here the oracle says for each reader what must be
there as well, to the number: the same word stands in everything that can be found.
"""

import json
import re
from collections import Counter
from functools import partial
from urllib.parse import urlencode

import pytest
from django.core.management import call_command
from django.urls import reverse

from groepen import bewijs
from groepen.models import Antwoord, Groep, Thread, Vraag
from intranet.events.models import Event
from intranet.zoeken import lezer, outlet
from intranet.zoeken.document import soorten
from intranet.zoeken.models import Zoekactie
from intranet.zoeken.motor import motor
from profielen.models import Gebruiker, Organisatie

from .bekijk import elk, ongedaan
from .plan import GROEPEN, KIJKERS, MENSEN, MET_KIJKERS

pytestmark = pytest.mark.django_db

BINNEN = [naam for naam, mens in KIJKERS.items() if mens is not None and mens.is_actief]
ALLES = 1000
# It stands in each question and article, and is what every Groep and everyone's Profiel is about.
WOORD = "matrix"
# As ``inhoud`` fills each Groep.
VRAGEN, THREADS = 3, 4
# Where every reader asks for things one by one, not every Groep has to be among them.
ENKELE = ("besloten", "open_ander", "besloten_ander", "verborgen_ander")


@pytest.fixture(scope="module")
def documenten(wereld):
    return [document for soort in soorten() for document in soort.maak(soort.alle(0, ALLES))]


# --- What the oracle says -------------------------------------------------------------------------


def leest(wereld, naam) -> list[str]:
    return [groep for groep in GROEPEN if wereld.orakel.leest(naam, groep)]


def te_vinden(wereld, naam) -> dict[str, set[str]]:
    """Kind -> the addresses of all that ``naam`` may find."""
    o = wereld.orakel
    vragen = [ding for soort in ("vraag", "vraag_open", "vraag_wacht") for ding in wereld.van(soort)]

    def adressen(url, dingen, mag):
        return {reverse(url, args=ding.args) for ding in dingen if mag(ding)}

    return {
        "vraag": adressen("groepen:vraag", vragen, lambda ding: o.leest(naam, ding.groep)),
        "artikel": adressen(
            "kennisbank:artikel", wereld.van("artikel"), lambda ding: o.leest(naam, ding.groep)
        ),
        "groep": adressen("groepen:groep", wereld.van("groep"), lambda ding: o.vindt(naam, ding.groep)),
        "mens": adressen("profielen:mens", wereld.van("mens"), lambda ding: o.opent_profiel(naam, ding.wie)),
        "onderwerp": {f"{reverse('groepen:vragen')}?waar=alle&onderwerp={wereld.onderwerp.slug}"},
    }


def oordeel(wereld, naam, document) -> bool:
    """Whether ``naam`` may find this document."""
    pk = int(document.id.partition(":")[2])
    match document.soort:
        case "mens":
            return wereld.orakel.opent_profiel(naam, wie_is(wereld, pk))
        case "groep":
            return wereld.orakel.vindt(naam, groep_is(wereld, pk))
        case "onderwerp":
            return True
    return wereld.orakel.leest(naam, groep_is(wereld, document.groep))


def wie_is(wereld, pk) -> str:
    return next(wie for wie, mens in wereld.mensen.items() if mens.pk == pk)


def groep_is(wereld, pk) -> str:
    return next(naam for naam, groep in wereld.groepen.items() if groep.pk == pk)


def per_organisatie(wereld, naam) -> Counter:
    """How many hits each organisatie has: of who asked, of who wrote, of the Groep, of the person."""
    uit: Counter = Counter(
        mens.organisatie
        for wie, mens in MENSEN.items()
        if mens.organisatie and wereld.orakel.opent_profiel(naam, wie)
    )
    for groep, plek in GROEPEN.items():
        if wereld.orakel.vindt(naam, groep):
            uit.update(plek.organisaties)
        if wereld.orakel.leest(naam, groep):
            wacht = "vertrokken" if groep in MET_KIJKERS else f"gastschrijver {groep}"
            stellers = [f"schrijver {groep}"] * 2 + [wacht, f"eigenaar {groep}"]
            uit.update(MENSEN[wie].organisatie for wie in stellers)
    return uit


# --- The page -------------------------------------------------------------------------------------

_TREFFER = re.compile(r'<li class="bp-treffer"[^>]*data-soort="(\w+)">(.*?)</li>', re.S)
_VERDER = re.compile(r'nl-button--secondary" href="[^"]*vanaf=(\d+)"')
_SOORT = re.compile(r'[?;]soort=(\w+)[^"]*"[^>]*>[^<]*<span class="bp-tel">(\d+)')
_KEUZE = re.compile(r'name="(\w+)" value="([^"]+)"[^>]*> <span>[^<]*</span> <span class="bp-tel">(\d+)')
_GETOOND = re.compile(r"<span>\d+ van (\d+) getoond</span>")


def treffers(html: str) -> list[tuple[str, str, str]]:
    """(kind, address, all that is said of it) of each hit."""
    return [
        (soort, re.search(r'<h2><a href="([^"]+)"', li)[1].replace("&amp;", "&"), li)
        for soort, li in _TREFFER.findall(html)
    ]


def zoek(kijker, **vraag) -> str:
    """A page of results that holds nothing it should not."""
    adres = f"{reverse('zoeken:zoek')}?{urlencode(vraag)}"
    response, fout = kijker.bekijk("get", adres)
    assert response.status_code == 200
    assert not fout, f"{adres}: {fout[:5]}"
    return response.text


def bladen(kijker, **vraag) -> list[str]:
    """All pages of results."""
    uit = [zoek(kijker, **vraag)]
    while verder := _VERDER.search(uit[-1]):
        uit.append(zoek(kijker, **vraag, vanaf=verder[1]))
    return uit


@pytest.mark.parametrize("naam", elk(BINNEN))
def test_each_finds_all_that_they_may_see_and_nothing_else(naam, wereld, als):
    kijker = als(naam)
    for soort, verwacht in te_vinden(wereld, naam).items():
        # By their votes not everybody is listed; with a topic of their own everybody who is found is.
        rest = {"onderwerp": wereld.onderwerp.pk} if soort == "mens" else {}
        gevonden = bladen(kijker, q=WOORD, soort=soort, **rest)
        rijen = [(van, adres) for blad in gevonden for van, adres, _li in treffers(blad)]
        assert len(rijen) == len(set(rijen)), soort
        assert set(rijen) == {(soort, adres) for adres in verwacht}, soort
        assert {int(aantal) for aantal in _GETOOND.findall("".join(gevonden))} == {len(verwacht)} - {0}, soort


@pytest.mark.parametrize("naam", elk(BINNEN))
def test_people_by_their_votes_are_counted_as_they_are_shown(naam, wereld, als):
    """Whoever the reader may not see has no row; that they voted must not show in a number either."""
    gevonden = bladen(als(naam), q=WOORD, soort="mens")
    rijen = [adres for blad in gevonden for _van, adres, _li in treffers(blad)]
    assert len(rijen) == len(set(rijen))
    assert set(rijen) <= set(te_vinden(wereld, naam)["mens"])
    geteld = {int(aantal) for blad in gevonden for soort, aantal in _SOORT.findall(blad) if soort == "mens"}
    assert geteld == {len(rijen)}
    assert {int(aantal) for aantal in _GETOOND.findall("".join(gevonden))} == {len(rijen)} - {0}


@pytest.mark.parametrize("naam", elk(BINNEN))
def test_choices_count_and_name_what_one_may_see(naam, wereld, als):
    kijker = als(naam)
    mijn, alles = leest(wereld, naam), te_vinden(wereld, naam)
    pagina = zoek(kijker, q=WOORD)
    facetten: dict[str, dict[str, int]] = {}
    for facet, waarde, aantal in _KEUZE.findall(pagina):
        facetten.setdefault(facet, {})[waarde] = int(aantal)

    assert {soort: int(aantal) for soort, aantal in _SOORT.findall(pagina)} == {
        # Of people only their own page knows how many there are.
        soort: len(adressen)
        for soort, adressen in alles.items()
        if adressen and soort != "mens"
    }
    # The page shows six of them.
    in_groep = facetten.get("groep", {})
    assert len(in_groep) == min(len(mijn), 6)
    assert in_groep.items() <= {str(wereld.groepen[groep].pk): THREADS for groep in mijn}.items()
    organisaties = {str(wereld.organisaties[o].pk): n for o, n in per_organisatie(wereld, naam).items()}
    assert facetten.get("organisatie", {}) == (organisaties if len(organisaties) > 1 else {})
    over = len(mijn) * VRAGEN + len(alles["groep"]) + len(alles["mens"])
    assert facetten["onderwerp"] == {str(wereld.onderwerp.pk): over}
    assert facetten.get("opgelost", {}) == ({"ja": len(mijn)} if mijn else {})


@pytest.mark.parametrize("naam", elk(BINNEN))
def test_a_choice_by_its_number_opens_nothing(naam, wereld, als):
    kijker = als(naam)
    for groep in ENKELE:
        pagina = zoek(kijker, q=WOORD, groep=wereld.groepen[groep].pk)
        aantal = THREADS if wereld.orakel.leest(naam, groep) else 0
        assert len(treffers(pagina)) == aantal, groep
    for organisatie in wereld.organisaties.values():
        zoek(kijker, q=WOORD, organisatie=organisatie.pk)


# --- Words ----------------------------------------------------------------------------------------


def woorden_om_te_raden(wereld) -> list[tuple[str, object]]:
    """(canary, who may find it): of each kind of thing some that few may know."""
    per_wat = {kanarie.wat: kanarie.teken for kanarie in wereld.vogels}
    o, mag = wereld.orakel, {}
    for groep in ENKELE:
        mag |= {
            f"antwoord van duizendpoot in {groep}": partial(_mag, o.leest, groep),
            f"titel van artikel in {groep}": partial(_mag, o.leest, groep),
            f"doel van {groep}": partial(_mag, o.vindt, groep),
            f"verwijderd antwoord in {groep}": lambda naam: False,
            f"titel van klad in {groep}": lambda naam: False,
        }
    for wie in ("duizendpoot", "gastbeheerder", "gastschrijver verborgen_ander", "geblokkeerd"):
        mag[f"vraag mij over van {wie}"] = partial(_mag, o.opent_profiel, wie)
    return [(per_wat[wat], wie_mag) for wat, wie_mag in mag.items()]


def _mag(regel, wat, naam) -> bool:
    return regel(naam, wat)


@pytest.mark.parametrize("naam", elk(BINNEN))
def test_a_word_is_corrected_to_one_that_the_reader_may_see(naam, wereld, als):
    """Each word with a mistake in it, four at a time; what was typed is no canary itself."""
    kijker, raden = als(naam), woorden_om_te_raden(wereld)
    for begin in range(0, len(raden), 4):
        vier = raden[begin : begin + 4]
        pagina = zoek(kijker, q=" ".join(teken.replace("knr", "knrr") for teken, _mag in vier))
        kop = re.search(r"<h1.*?</h1>", pagina, re.S)[0]
        assert {k.teken for k in wereld.vogels.gezien(kop)} == {teken for teken, mag in vier if mag(naam)}


@pytest.mark.parametrize("naam", elk(BINNEN))
def test_every_face_of_the_engine_has_the_keys_of_the_reader(naam, wereld, documenten):
    """Not only the page, which asks the rule once more: also what is counted and words are corrected by."""
    machine, sleutels = motor(), lezer.sleutels(Gebruiker.objects.get(pk=wereld.mensen[naam].pk))
    mijn = [document for document in documenten if oordeel(wereld, naam, document)]
    ids = {document.id for document in mijn}
    threads = {document.id for document in mijn if document.soort in ("vraag", "artikel")}
    kanaries = {k for document in mijn for k in wereld.vogels.gezien(f"{document.titel} {document.tekst}")}

    assert not [str(kanarie) for kanarie in kanaries if not wereld.orakel.ziet(naam, kanarie)]
    bekend = machine.kent({kanarie.teken for kanarie in wereld.vogels}, sleutels)
    assert bekend.keys() == {kanarie.teken for kanarie in kanaries}
    getiteld = {document.id for document in mijn if "knr" in document.titel}
    assert {treffer.id for treffer in machine.voorspel("knr", sleutels, aantal=ALLES)} == getiteld
    assert {treffer.id for treffer in machine.bevat("atri", sleutels, aantal=ALLES)} == ids
    lijkt = machine.lijkt_op("hoe staat het met de matrix", sleutels, ("vraag", "artikel"), ALLES)
    assert {treffer.id for treffer in lijkt} == threads
    for ding in wereld.van("vraag"):
        if not wereld.orakel.leest(naam, ding.groep):
            assert machine.lijkt_op(f"vraag:{ding.args[0]}", sleutels) == [], ding


@pytest.mark.parametrize("naam", elk(BINNEN))
def test_a_suggestion_is_what_one_may_see(naam, wereld, documenten, als):
    kijker = als(naam)
    for document in documenten:
        if not _is_enkele(wereld, document):
            continue
        (teken, *_rest) = re.findall(r"knr\d{4}", document.titel)
        response, fout = kijker.bekijk("get", f"{reverse('zoeken:voorstel')}?q={teken}")
        assert not fout, (document.id, fout)
        assert response.text.count('role="option"') == oordeel(wereld, naam, document), document.id


def _is_enkele(wereld, document) -> bool:
    pk = int(document.id.partition(":")[2])
    match document.soort:
        case "mens":
            return wie_is(wereld, pk) in ("duizendpoot", "gastbeheerder", "gast lid")
        case "groep":
            return groep_is(wereld, pk) in ENKELE
        case "artikel":
            return groep_is(wereld, document.groep) in ENKELE
    # One question of each, the solved one.
    return bool(document.opgelost) and groep_is(wereld, document.groep) in ENKELE


# --- Alike, and who knows about it ----------------------------------------------------------------


@pytest.mark.parametrize("naam", elk(BINNEN))
def test_questions_alike_are_those_one_reads(naam, wereld, als):
    kijker, mijn = als(naam), leest(wereld, naam)

    def rijen(adres, **koppen) -> int:
        response, fout = kijker.bekijk("get", adres, **koppen)
        assert not fout, (adres, fout[:5])
        lijst = response.text.partition('class="bp-lijstje"')[2].partition("</ul>")[0]
        return len(re.findall(r"<li><a href=", lijst))

    gevraagd = urlencode({"titel": "Hoe staat het met de matrix"})
    assert rijen(f"{reverse('zoeken:lijkt_op')}?{gevraagd}", **{"HX-Request": "true"}) == (3 if mijn else 0)
    # The form of a question that is begun with words; who writes nowhere has no form.
    vraagt = any(wereld.orakel.schrijft(naam, groep) for groep in GROEPEN)
    assert rijen(f"{reverse('groepen:stel')}?{gevraagd}") == (3 if vraagt else 0)
    for ding in wereld.van("vraag"):
        if ding.groep in mijn and ding.groep in ENKELE:
            assert rijen(reverse("zoeken:lijkt_op_vraag", args=ding.args)) == 3, ding


@pytest.mark.parametrize("naam", elk(BINNEN))
def test_the_reason_for_a_person_counts_what_one_reads(naam, wereld, als):
    """``duizendpoot`` answered one question in every Groep there is; a gastschrijver solved one in theirs."""
    kijker, mijn = als(naam), leest(wereld, naam)
    reden = {
        wie_is(wereld, int(adres.split("/")[2])): re.search(r"\d+ \w+", li.partition("bp-waarom")[2])
        for _soort, adres, li in treffers(zoek(kijker, q="onderwerp matrix", soort="mens"))
    }
    gezegd = {wie: woorden and woorden[0] for wie, woorden in reden.items()}

    n = len(mijn)
    if wereld.orakel.opent_profiel(naam, "duizendpoot") and n:
        assert gezegd["duizendpoot"] == f"{n} {'vraag' if n == 1 else 'vragen'}"
    assert gezegd.get("duizendpoot") is None or n
    for groep in GROEPEN:
        if f"gastschrijver {groep}" in gezegd:
            assert gezegd[f"gastschrijver {groep}"] == ("1 oplossing" if groep in mijn else None), groep


def test_proven_knowledge_counts_the_solutions_one_reads(wereld, als):
    """As if ``duizendpoot`` had solved a question in every Groep."""
    wie = wereld.mensen["duizendpoot"]
    pagina = reverse("profielen:mens", args=[wie.pk])
    waarmee = f"{reverse('groepen:van_mens', args=[wie.pk])}?onderwerp={wereld.onderwerp.slug}"
    with ongedaan():
        for antwoord in Antwoord.objects.filter(schrijver=wie):
            Vraag.objects.filter(pk=antwoord.vraag_id).update(oplossing=antwoord)
        bewijs.werk_bij()
        for naam in BINNEN:
            if not wereld.orakel.opent_profiel(naam, "duizendpoot"):
                continue
            kijker, n = als(naam), len(leest(wereld, naam))
            response, fout = kijker.bekijk("get", pagina)
            assert not fout, (naam, fout[:5])
            geteld = re.search(r"onderwerp=onderwerp-van-de-matrix\">(\d+) oplossing", response.text)
            genoeg = n >= bewijs.DREMPEL
            assert int(geteld[1] if geteld else 0) == (n if genoeg else 0), naam
            assert ("rosette-discount-check" in response.text) == genoeg, naam
            response, fout = kijker.bekijk("get", waarmee)
            assert not fout, (naam, fout[:5])
            assert len(set(re.findall(r'href="/vragen/(\d+)/', response.text.split('id="inhoud"')[-1]))) == n


# --- An index that has yet to hear of it ------------------------------------------------------------


def gezien_bij_zoeken(kijker, *vragen: str) -> str:
    """All that search tells about these words."""
    uit = []
    for q in vragen:
        adressen = [
            f"{reverse(pad)}?{urlencode({'q': q})}"
            for pad in ("zoeken:zoek", "zoeken:voorstel", "zoeken:lijkt_op")
        ]
        adressen += [
            f"{reverse('zoeken:zoek')}?{urlencode({'q': q, 'soort': soort, 'sorteer': 'nieuwste'})}"
            for soort in ("vraag", "artikel", "groep", "mens")
        ]
        uit += [kijker.stuur("get", adres)[1] for adres in adressen]
    return "\n".join(uit)


GEZOCHT = ("Hoe staat het met de matrix", "knr")


def over_groep(wereld, tekst: str, groep: str) -> list[str]:
    return [
        str(k)
        for k in wereld.vogels.gezien(tekst)
        if k.groep == groep and k.soort in ("inhoud", "kaart", "nooit", "klad")
    ]


def test_who_is_out_finds_nothing_from_the_next_request_on(wereld, als):
    kijker = als("gast lid")
    with ongedaan():
        assert over_groep(wereld, gezien_bij_zoeken(kijker, *GEZOCHT), "verborgen")
        wereld.groepen["verborgen"].verwijder_lid(wereld.mensen["gast lid"])

        tekst = gezien_bij_zoeken(kijker, *GEZOCHT)

        assert not over_groep(wereld, tekst, "verborgen")
        assert over_groep(wereld, tekst, "open")


def test_a_groep_that_went_into_hiding_is_gone_at_once(wereld, als):
    kijker = als("medewerker")
    naam = next(k.teken for k in wereld.vogels if k.wat == "naam van besloten_ander")
    with ongedaan():
        assert over_groep(wereld, gezien_bij_zoeken(kijker, f"nu {naam}"), "besloten_ander")
        for groep in ("besloten_ander", "open_ander"):
            Groep.objects.filter(pk=wereld.groepen[groep].pk).update(soort="verborgen")

        # Other than what was typed.
        tekst = gezien_bij_zoeken(kijker, f"nu {naam}", *GEZOCHT).replace(naam, "")

        assert not over_groep(wereld, tekst, "besloten_ander")
        assert not over_groep(wereld, tekst, "open_ander")


def test_a_question_that_moved_to_where_one_may_not_read_is_gone_at_once(wereld, als):
    kijker = als("lid")
    ding = next(ding for ding in wereld.van("vraag") if ding.groep == "open")
    teken = next(k.teken for k in wereld.vogels if k.wat == "antwoord van duizendpoot in open")
    with ongedaan():
        Thread.objects.filter(pk=ding.args[0]).update(groep=wereld.groepen["verborgen_ander"])

        tekst = gezien_bij_zoeken(kijker, teken, *GEZOCHT)

        assert f"/vragen/{ding.args[0]}/" not in tekst
        assert not over_groep(wereld, tekst, "verborgen_ander")


def test_a_person_whom_one_no_longer_shares_a_groep_with_is_gone_at_once(wereld, als):
    kijker, wie = als("gast lid"), wereld.mensen["lid"]
    functie = next(k.teken for k in wereld.vogels if k.wat == "functie van lid")
    with ongedaan():
        assert f"/mensen/{wie.pk}/" in gezien_bij_zoeken(kijker, functie)
        for groep in MET_KIJKERS:
            wereld.groepen[groep].lidmaatschappen.filter(gebruiker=wie).delete()

        tekst = gezien_bij_zoeken(kijker, functie)

        assert f"/mensen/{wie.pk}/" not in tekst
        assert not {k for k in wereld.vogels.gezien(tekst) if k.wie == "lid" and k.teken != functie}


def test_what_was_deleted_is_gone_and_the_index_follows(wereld, als):
    """From the page at once, from what is counted and known when the worker heard of it."""
    kijker = als("lid")
    vraag = next(ding for ding in wereld.van("vraag") if ding.groep == "open")
    teken = next(k.teken for k in wereld.vogels if k.wat == "antwoord van duizendpoot in open")
    sleutels = lezer.sleutels(Gebruiker.objects.get(pk=wereld.mensen["lid"].pk))
    with ongedaan():
        tot = Event.objects.latest("pk").pk
        assert f"/vragen/{vraag.args[0]}/" in zoek(kijker, q=teken)
        assert motor().kent([teken], sleutels)
        Thread.objects.get(pk=vraag.args[0]).verwijder(wereld.mensen["eigenaar open"])

        assert f"/vragen/{vraag.args[0]}/" not in gezien_bij_zoeken(kijker, teken, *GEZOCHT)
        for event in Event.objects.filter(pk__gt=tot):
            outlet.handle(event)
        assert not motor().kent([teken], sleutels)
        assert teken not in zoek(kijker, q=teken.replace("knr", "knrr"))
        pagina = zoek(kijker, q=WOORD, groep=wereld.groepen["open"].pk)
        assert len(treffers(pagina)) == THREADS - 1
        assert int(_GETOOND.search(pagina)[1]) == THREADS - 1


# --- What is kept of searching ---------------------------------------------------------------------


def test_the_redactie_reads_what_many_look_for_and_never_who_or_whom(wereld, als):
    redactie, adres = als("communitymanager"), reverse("zoeken:redactie")
    lid = wereld.mensen["lid"]
    wie = lid.achternaam
    with ongedaan():
        # What one person looks for again and again is theirs.
        een = als("gast elders")
        for _keer in range(4):
            zoek(een, q="geheime fusieplannen")
        for naam in ("lid", "beheerder", "waarnemer"):
            kijker = als(naam)
            zoek(kijker, q="paspoort kwijt")
            zoek(kijker, q=f"{lid.email} kwijt")
            bewijsstuk = re.search(r'data-zoek="([^"]+)"', zoek(kijker, q=wie))
            velden = {"zoek": bewijsstuk[1], "plek": "1", "soort": "mens"}
            assert kijker.stuur("post", reverse("zoeken:klik"), velden)[0].status_code == 204

        pagina = redactie.stuur("get", adres)[0].text

        assert "paspoort kwijt" in pagina
        assert "fusieplannen" not in pagina
        assert not {k for k in wereld.vogels.gezien(pagina) if k.wie == "lid"}
    assert {veld.related_model for veld in Zoekactie._meta.get_fields()} <= {None, Organisatie}


def test_nobody_counts_as_opened_what_they_did_not_search(wereld, als):
    with ongedaan():
        pk = Zoekactie.noteer("paspoort", 3, None)
        velden = {"zoek": str(pk), "plek": "1", "soort": "mens"}

        als("lid").stuur("post", reverse("zoeken:klik"), velden)

        assert Zoekactie.objects.get(pk=pk).klik is None


def test_an_event_of_search_holds_no_words(wereld):
    for event in Event.objects.filter(soort__startswith="synoniem."):
        assert "apv" not in json.dumps(event.feiten, default=str)
    assert Event.objects.filter(soort="synoniem.gewijzigd").exists()


def test_the_index_is_what_the_database_says_and_the_command_names_nobody(wereld, capsys):
    call_command("herindexeer", controleer=True, motor="ingebouwd")

    gezegd = capsys.readouterr().out
    assert not wereld.vogels.gezien(gezegd)
    assert re.search(r"\d\d\d bekeken, 0 ontbraken, 0 verouderd, 0 te veel", gezegd), gezegd
