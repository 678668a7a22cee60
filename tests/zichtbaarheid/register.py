"""Every own address, with who may do what there. One that is not in here makes the build red.

Each entry says, in words of the oracle, who gets a page and who may send a form. What a response may hold is
not said here: the canaries decide that, by the oracle alone.
"""

from uuid import uuid4

from intranet.meldingen.afmelden import volgt_niet

from .deuren import (
    Deur,
    Oppervlak,
    beheert,
    beheert_open,
    bewerkt,
    daad,
    eigent,
    iedereen,
    is_genodigde,
    is_maker,
    klopt,
    leest,
    leest_open,
    medewerker,
    niemand,
    opent_profiel,
    pagina,
    redigeert,
    schrijft,
    vindt,
    wordt_lid,
)

# --- Forms ----------------------------------------------------------------------------------------


def _vast(**velden):
    return lambda w, ding: velden


def _tekst(w, ding):
    return {"inhoud": "<p>Een nieuwe tekst.</p>", "versie": ding.ook["versie"], "titel": "Een nieuwe titel?"}


def _nieuw(w, ding):
    return {"inhoud": "<p>Een nieuwe tekst.</p>", "sleutel": str(uuid4())}


def _vraag_in(w, ding):
    return _nieuw(w, ding) | {
        "titel": "Mag dit hier?",
        "groep": "anders",
        "anders": w.groepen[ding.groep].slug,
        "kanaal": "zelf",
    }


def _naar_collega(w, ding):
    return {"actie": "draag_over", "naar": w.mensen[f"eigenaar {ding.groep}"].email}


def _kaders(w, ding):
    groep = w.groepen[ding.groep]
    return {
        "naam": "Een nieuwe naam",
        "soort": groep.soort,
        "doel": "Iets anders",
        "norm_werkdagen": 3,
        "icoon": groep.icoon,
        "tint": groep.tint,
        "versie": groep.versie,
    }


# --- What an invitation tells ----------------------------------------------------------------------


def uitnodiging_noemt(o, kijker, ding, kanarie) -> bool:
    """Whoever holds the secret of the mail learns the card and who invites; not when logged in as another."""
    if kijker is not None and o.is_binnen(kijker) and kijker != ding.wie:
        return False
    wie_nodigt = f"eigenaar {ding.groep}"
    return (
        (kanarie.soort == "kaart" and kanarie.groep == ding.groep)
        or (kanarie.soort == "naam" and kanarie.wie == wie_nodigt)
        or kanarie.teken == str(ding.args[0])
    )


# --- The register -----------------------------------------------------------------------------------

VRAGEN = ("vraag", "vraag_open", "vraag_wacht")
ALLE_VRAGEN = (*VRAGEN, "vraag_weg")
_leesbaar = pagina(leest)

OPPERVLAKKEN = (
    # --- By itself
    Oppervlak("groepen:start", get=pagina(), zoek=("", "?toon=onbeantwoord", "?toon=gevolgd")),
    Oppervlak(
        "groepen:vragen",
        get=pagina(),
        zoek=(
            "",
            "?waar=alle",
            "?waar=alle&filter=onbeantwoord",
            "?waar=alle&filter=onopgelost",
            "?filter=mijn",
            "?filter=opgepakt",
            "?filter=gevolgd",
            "?waar=alle&onderwerp=onderwerp-van-de-matrix",
        ),
    ),
    Oppervlak("groepen:vragen_nieuw", get=pagina(goed=(200, 400)), zoek=("?sinds=0", "?sinds=straks")),
    Oppervlak(
        "groepen:stel",
        get=pagina(),
        post=Deur(goed=(422,)),
        zoek=("", "?titel=hoe+staat+het+met+de+matrix"),
    ),
    Oppervlak("groepen:afbeeldingen", post=Deur(goed=(400,))),
    Oppervlak(
        "groepen:groepen",
        get=pagina(),
        zoek=("", "?toon=alle", "?toon=mijn", "?q=knr", "?soort=verborgen", "?soort=besloten"),
    ),
    Oppervlak("groepen:groep_nieuw", get=pagina(mag=medewerker), post=Deur(mag=medewerker, goed=(422,))),
    Oppervlak(
        "profielen:mensen",
        get=pagina(),
        zoek=("", "?wie=knr", "?kennis=opgegeven", "?aanwezig=vandaag", "?wie=duizendpoot"),
    ),
    Oppervlak("profielen:mensen_zoek", get=pagina(), zoek=("?q=knr", "?q=matrix.example")),
    Oppervlak("profielen:afdelingen", get=pagina(medewerker)),
    Oppervlak("profielen:ik", get=pagina(goed=(302,))),
    Oppervlak("profielen:bewerken", get=pagina(), post=Deur(goed=(422, 409))),
    Oppervlak("profielen:bevestiging", post=daad(iedereen)),
    Oppervlak(
        "profielen:kennis",
        post=daad(iedereen, velden=lambda w, ding: {"verberg": w.onderwerp.pk}),
        htmx=True,
    ),
    Oppervlak("profielen:onderwerpen_zoek", get=pagina(), zoek=("?q=matrix",)),
    Oppervlak("kennisbank:index", get=pagina()),
    Oppervlak("concepten:csrf", get=pagina()),
    Oppervlak("concepten:terug", get=pagina()),
    Oppervlak("concepten:concept", get=pagina(), args=lambda ding: ["stel:nieuw"]),
    Oppervlak("concepten:weg", post=daad(iedereen), args=lambda ding: ["stel:nieuw"]),
    # --- Meldingen
    Oppervlak(
        "meldingen:lijst",
        get=pagina(),
        zoek=("", "?toon=nieuw", "?toon=noemt", "?toon=jouw", "?toon=gevolgd&na=1"),
    ),
    Oppervlak("meldingen:bel", get=pagina()),
    Oppervlak("meldingen:gelezen", post=daad(iedereen)),
    # The same answer for what one may not read: it says nothing either way.
    Oppervlak("meldingen:gezien", ALLE_VRAGEN, post=Deur(goed=(204,))),
    Oppervlak("meldingen:instellen", get=pagina(), post=Deur(goed=(422,))),
    Oppervlak(
        "meldingen:van_groep",
        ("groep",),
        get=pagina(leest),
        post=daad(leest, velden=_vast(plein="3"), ook_leeg=True),
    ),
    # Of whoever asks alone; what goes to a device: test_telefoon.py.
    Oppervlak("meldingen:apparaten", get=pagina(), post=Deur(goed=(422,))),
    Oppervlak("meldingen:apparaat_proef", post=daad(iedereen)),
    Oppervlak("meldingen:apparaat_weg", ("apparaat",), post=daad(is_maker)),
    # --- Naming others
    Oppervlak("meldingen:vermelden", get=pagina(), zoek=("", "?q=knr", "?q=matrix", "?q=afdeling")),
    Oppervlak("meldingen:bereik", get=pagina(), zoek=("", "?doel=gebruiker:1&doel=groep:1")),
    # --- Search
    Oppervlak(
        "zoeken:zoek",
        get=pagina(),
        zoek=(
            "",
            "?q=knr",
            "?q=knr&soort=mens",
            "?q=matrix",
            "?q=matrix&sorteer=nieuwste&vanaf=10",
            "?q=matrix&opgelost=ja&wanneer=jaar",
            "?q=%22onderwerp+van+de+matrix%22&letterlijk=ja",
        ),
    ),
    Oppervlak("zoeken:voorstel", get=pagina(), zoek=("", "?q=knr", "?q=ond")),
    Oppervlak(
        "zoeken:lijkt_op",
        get=pagina(),
        zoek=("", "?q=hoe+staat+het+met+de+matrix", "?titel=onderwerp+van+de+matrix"),
        htmx=True,
    ),
    Oppervlak("zoeken:lijkt_op_vraag", ("vraag",), get=_leesbaar, htmx=True),
    Oppervlak("zoeken:lijkt_op_vraag", ("vraag_weg",), get=pagina(niemand)),
    Oppervlak("zoeken:klik", post=Deur(goed=(204,))),
    Oppervlak("zoeken:redactie", get=pagina(mag=redigeert), zoek=("", "?periode=jaar")),
    Oppervlak(
        "zoeken:synoniemen",
        get=pagina(mag=redigeert),
        zoek=("", "?proef=apv+knr", "?zoek=apv"),
        post=daad(iedereen, redigeert, _vast(woorden="wmo, maatschappelijke ondersteuning"), ook_leeg=True),
    ),
    Oppervlak(
        "zoeken:synoniem",
        ("synoniem",),
        get=pagina(mag=redigeert),
        post=daad(
            iedereen, redigeert, _vast(woorden="apv, plaatselijke verordening", versie=1), ook_leeg=True
        ),
    ),
    Oppervlak("zoeken:synoniem_verwijdering", ("synoniem",), post=daad(iedereen, redigeert)),
    Oppervlak("zoeken:meegeleverd", post=daad(iedereen, redigeert)),
    # Whoever holds the link of a mail. It names nothing; what it does: tests/intranet/meldingen/test_afmelden
    Oppervlak(
        "meldingen:afmelden",
        ("vraag",),
        get=pagina(),
        is_openbaar=True,
        args=lambda ding: [volgt_niet(0, ding.args[0]).token],
    ),
    Oppervlak("toegankelijkheid", get=pagina(), is_openbaar=True),
    Oppervlak("privacy", get=pagina(), is_openbaar=True),
    Oppervlak("manifest", get=pagina(), is_openbaar=True),
    Oppervlak("pictogram", ("pictogram",), get=pagina(), is_openbaar=True),
    Oppervlak("dienst", get=pagina(), is_openbaar=True),
    Oppervlak("offline", get=pagina(), is_openbaar=True),
    Oppervlak("gezond", get=pagina(goed=(200, 503)), is_openbaar=True),
    # --- A question
    Oppervlak("groepen:vraag", ALLE_VRAGEN, get=_leesbaar),
    Oppervlak("groepen:vraag_nieuw", ALLE_VRAGEN, get=_leesbaar, zoek=("", "?gezien=1"), htmx=True),
    Oppervlak(
        "groepen:vraag_bewerken",
        ("vraag", "vraag_open"),
        get=pagina(leest, bewerkt),
        post=daad(leest, bewerkt, _tekst, ook_leeg=True),
    ),
    Oppervlak("groepen:vraag_bewerken", ("vraag_weg",), get=pagina(niemand), post=daad(niemand)),
    Oppervlak("groepen:vraag_geschiedenis", ("vraag",), get=_leesbaar),
    Oppervlak("groepen:vraag_geschiedenis", ("vraag_weg",), get=pagina(niemand)),
    Oppervlak(
        "groepen:vraag_verwijdering",
        ("vraag", "vraag_weg"),
        get=pagina(leest, bewerkt),
        post=daad(leest, bewerkt),
    ),
    Oppervlak(
        "groepen:vraag_verplaatsing",
        ("vraag",),
        get=pagina(leest, beheert),
        post=Deur(leest, beheert, goed=(422,)),
    ),
    Oppervlak(
        "groepen:vraag_status",
        ("vraag_open",),
        get=pagina(leest, beheert_open),
        post=daad(leest, beheert_open, _vast(actie="sluit")),
    ),
    Oppervlak(
        "groepen:vraag_behandelaar",
        ("vraag_open",),
        get=pagina(leest, beheert_open),
        post=daad(leest, beheert_open, _naar_collega),
    ),
    Oppervlak(
        "groepen:vraag_behandelaar", ("vraag_wacht",), post=daad(leest, schrijft, _vast(actie="pak_op"))
    ),
    Oppervlak("groepen:vraag_teken", ("vraag_open",), post=daad(leest, beheert_open)),
    Oppervlak(
        "groepen:vraag_contactpersoon",
        ("vraag_open",),
        get=pagina(leest, beheert_open),
        post=daad(leest, beheert_open, _naar_collega),
    ),
    Oppervlak(
        "groepen:vraag_oplossing",
        ("vraag",),
        post=daad(leest, beheert_open, lambda w, ding: {"antwoord": ding.ook["antwoord"]}),
    ),
    Oppervlak("groepen:vraag_bedankje", ("vraag",), post=daad(leest, leest_open), htmx=True),
    Oppervlak("groepen:vraag_stem", ("vraag",), post=daad(leest, leest_open), htmx=True),
    Oppervlak("groepen:vraag_volgen", ("vraag",), post=daad(leest), htmx=True),
    Oppervlak("groepen:vraag_hulp", ("vraag",), post=daad(leest), htmx=True),
    Oppervlak(
        "groepen:antwoorden",
        ("vraag", "vraag_open"),
        post=daad(leest, schrijft, _nieuw, weigert=(403, 422), ook_leeg=True),
    ),
    Oppervlak(
        "groepen:reacties",
        ("vraag", "vraag_open"),
        post=daad(
            leest,
            schrijft,
            lambda w, ding: _nieuw(w, ding) | {"antwoord": "0", "inhoud-0": "Nog iets."},
            weigert=(403, 422),
            ook_leeg=True,
        ),
    ),
    # --- An answer, a remark
    Oppervlak(
        "groepen:antwoord_bewerken",
        ("antwoord",),
        get=pagina(leest, bewerkt),
        post=daad(leest, bewerkt, _tekst, ook_leeg=True),
    ),
    # Of someone who may not read here any more.
    Oppervlak("groepen:antwoord_bewerken", ("antwoord_verlopen",), get=pagina(leest, bewerkt)),
    Oppervlak("groepen:antwoord_verwijdering", ("antwoord_verlopen",), post=daad(leest, bewerkt)),
    Oppervlak("groepen:antwoord_bewerken", ("antwoord_weg",), get=pagina(niemand), post=daad(niemand)),
    Oppervlak("groepen:antwoord_bewerken", ("antwoord_onder_weg",), get=pagina(leest, bewerkt)),
    Oppervlak("groepen:antwoord_geschiedenis", ("antwoord", "antwoord_onder_weg"), get=_leesbaar),
    Oppervlak("groepen:antwoord_geschiedenis", ("antwoord_weg",), get=pagina(niemand)),
    Oppervlak(
        "groepen:antwoord_verwijdering",
        ("antwoord", "antwoord_weg"),
        get=pagina(leest, bewerkt),
        post=daad(leest, bewerkt),
    ),
    Oppervlak("groepen:antwoord_controle", ("antwoord",), post=daad(leest, beheert_open)),
    Oppervlak(
        "groepen:antwoord_bedankje",
        ("antwoord",),
        post=daad(leest, lambda o, kijker, ding: leest_open(o, kijker, ding) and kijker != ding.wie),
        htmx=True,
    ),
    Oppervlak(
        "groepen:reactie_bewerken",
        ("reactie",),
        get=pagina(leest, bewerkt),
        post=daad(leest, bewerkt, _tekst, ook_leeg=True),
    ),
    Oppervlak("groepen:reactie_bewerken", ("reactie_weg",), get=pagina(niemand), post=daad(niemand)),
    Oppervlak(
        "groepen:reactie_verwijdering",
        ("reactie", "reactie_weg"),
        get=pagina(leest, bewerkt),
        post=daad(leest, bewerkt),
    ),
    Oppervlak("groepen:afbeelding", ("afbeelding",), get=_leesbaar),
    Oppervlak("groepen:afbeelding", ("afbeelding_los",), get=pagina(is_maker)),
    # --- A Groep
    Oppervlak(
        "groepen:stel",
        ("groep",),
        args=lambda ding: [],
        # A Groep that is not there for this person is refused like one that is not there at all.
        # Those that stand on a button cannot be chosen from the list as well: also a 422.
        post=Deur(mag=schrijft, goed=(302, 422), weigert=(404, 403, 422), velden=_vraag_in),
    ),
    Oppervlak("groepen:groep", ("groep",), get=pagina(vindt), zoek=("", "?toon=onopgelost&volgorde=wacht")),
    Oppervlak("groepen:groep", ("groep_toen",), get=pagina(vindt, goed=(302,))),
    Oppervlak(
        "groepen:groep_kaders",
        ("groep",),
        get=pagina(leest, beheert),
        post=daad(leest, beheert, _kaders, ook_leeg=True),
    ),
    Oppervlak("groepen:groep_kaders", ("groep_toen",), get=pagina(leest, goed=(302,))),
    Oppervlak(
        "groepen:groep_sluiting",
        ("groep",),
        get=pagina(leest, eigent, goed=(200, 302)),
        post=daad(leest, eigent),
    ),
    Oppervlak("groepen:leden", ("groep",), get=_leesbaar, zoek=("", "?gasten=1")),
    Oppervlak("groepen:meelezers", ("groep",), get=_leesbaar, zoek=("?q=knr", "?q=matrix.example")),
    Oppervlak("groepen:leden", ("groep_toen",), get=pagina(leest, goed=(302,))),
    Oppervlak(
        "groepen:lidmaatschap", ("groep",), get=pagina(leest, goed=(200, 302)), post=daad(leest, wordt_lid)
    ),
    Oppervlak("groepen:toegang_vragen", ("groep",), get=pagina(vindt, goed=(302,)), post=daad(vindt, klopt)),
    Oppervlak("groepen:verzoek", ("verzoek",), post=daad(leest, beheert, _vast(actie="toelaten"))),
    Oppervlak("groepen:lid_rol", ("lid",), post=daad(leest, beheert, _vast(rol="waarnemer"))),
    Oppervlak("groepen:lid_verwijdering", ("lid",), get=pagina(leest, beheert), post=daad(leest, beheert)),
    Oppervlak(
        "groepen:groep_overdracht",
        ("groep",),
        get=pagina(leest, eigent, goed=(200, 302)),
        post=daad(leest, eigent),
    ),
    Oppervlak(
        "groepen:uitnodigingen",
        ("groep",),
        get=pagina(leest, goed=(302,)),
        post=daad(leest, beheert, _vast(email="nieuw@buiten.example", rol="lid"), ook_leeg=True),
    ),
    Oppervlak("groepen:uitnodiging_intrekken", ("uitnodiging_nummer",), post=daad(leest, beheert)),
    Oppervlak(
        "groepen:uitnodiging",
        ("uitnodiging",),
        is_openbaar=True,
        ook=uitnodiging_noemt,
        get=pagina(mag=is_genodigde),
        post=daad(iedereen, is_genodigde),
    ),
    # --- Someone
    Oppervlak("profielen:mens", ("mens",), get=pagina(opent_profiel)),
    Oppervlak("profielen:foto", ("gezicht",), get=pagina(opent_profiel)),
    Oppervlak(
        "profielen:aanbeveling",
        ("schrijver",),
        # Of oneself it is refused in words.
        post=Deur(
            opent_profiel,
            lambda o, kijker, ding: kijker != ding.wie,
            goed=(302,),
            weigert=(422,),
            velden=lambda w, ding: {"voor": w.onderwerp.pk},
            ook_leeg=True,
        ),
        htmx=True,
    ),
    Oppervlak(
        "groepen:van_mens",
        ("schrijver",),
        get=pagina(opent_profiel),
        zoek=("", "?onderwerp=onderwerp-van-de-matrix"),
        htmx=True,
    ),
    # --- The kennisbank
    Oppervlak("kennisbank:artikel", ("artikel",), get=_leesbaar),
    Oppervlak(
        "kennisbank:artikel_kort",
        ("artikel",),
        get=pagina(leest, goed=(302,)),
        args=lambda ding: ding.args[:1],
    ),
    Oppervlak("kennisbank:artikel_kort", ("klad",), get=pagina(niemand)),
    Oppervlak("kennisbank:beeld", ("beeld",), get=_leesbaar),
    Oppervlak("kennisbank:redactie", ("groep",), post=daad(leest, beheert_open)),
)
