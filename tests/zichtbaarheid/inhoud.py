"""What is in one Groep of the matrix: each kind of content, and each state that hides something."""

from datetime import timedelta

from django.utils import timezone

from groepen.models import Afbeelding, Reactie, Vraag
from kennisbank.models import Beeld, BeeldRendition, GroepKennisbank, Kennisartikel
from kennisbank.models.beeld import IN_TEKST

from .plan import MET_KIJKERS

LANG_GELEDEN = timedelta(days=20)


class Vuller:
    """Fills one Groep; keeps the canaries and the names in step with what it writes."""

    def __init__(self, w, naam: str):
        self.w, self.naam, self.groep = w, naam, w.groepen[naam]
        self.eigenaar, self.schrijver, self.gast = (
            f"{rol} {naam}" for rol in ("eigenaar", "schrijver", "gastschrijver")
        )
        met_kijkers = naam in MET_KIJKERS
        # They lose what they can see when all is written.
        self.verlopen = "verlopen gast" if met_kijkers else self.gast
        self.geblokkeerd = "geblokkeerd" if met_kijkers else self.schrijver
        self.vertrokken = "vertrokken" if met_kijkers else self.gast

    def mens(self, wie: str):
        """``wie`` does something here: from then on their name stands in this Groep."""
        self.w.orakel.genoemd[self.naam].add(wie)
        return self.w.mensen[wie]

    def teken(self, veld: str, soort: str = "inhoud", **rest) -> str:
        return self.w.vogels.nieuw(soort, f"{veld} in {self.naam}", groep=self.naam, **rest)

    def alinea(self, veld: str, soort: str = "inhoud") -> str:
        return f"<p>{self.teken(veld, soort)} en zo.</p>"

    def ding(self, soort: str, *args, **rest):
        return self.w.ding(soort, self.naam, *args, **rest)

    def afbeelding(self, wie: str, veld: str, soort: str = "inhoud"):
        beeld = Afbeelding(maker=self.w.mensen[wie], formaat="png", breedte=1280, hoogte=8)
        beeld.bestand.save("", self.w.plaatje(self.teken(veld, soort, wie=wie)))
        wat = f"adres van {veld} in {self.naam}"
        self.w.vogels.sleutel(beeld.pk, soort, wat, groep=self.naam, wie=wie, stil=True)
        return beeld

    def stel(self, wie: str, veld: str, soort: str = "inhoud", *, erbij: str = "", **rest) -> Vraag:
        vraag = self.groep.stel_vraag(
            self.mens(wie),
            f"{self.teken(f'titel van {veld}', soort)} hoe dan met de matrix?",
            self.alinea(f"tekst van {veld}", soort) + erbij,
            onderwerpen=[self.w.onderwerp],
            **rest,
        )
        self.w.thread_in[vraag.pk] = self.naam
        return vraag


def vul(w, naam: str) -> None:
    v = Vuller(w, naam)
    _opgelost(v)
    _opgepakt(v)
    _wacht(v)
    _weg(v)
    _los(v)
    _kennis(v)


def _opgelost(v: Vuller) -> None:
    schrijver, eigenaar, gast = v.mens(v.schrijver), v.mens(v.eigenaar), v.mens(v.gast)
    beeld = v.afbeelding(v.schrijver, "geplakt beeld")
    beeld_html = f'<p><img src="{beeld.get_absolute_url()}" alt="plaat"></p>'
    vraag = v.stel(
        v.schrijver,
        "eerste versie",
        erbij=beeld_html,
        kanaal="namens",
        namens=v.teken("namens", "namens", wie=v.schrijver),
    )
    vraag.bewerk(
        eigenaar,
        titel=f"{v.teken('titel')} hoe dan met de matrix?",
        inhoud=v.alinea("tekst") + beeld_html,
        versie=1,
    )
    antwoord = vraag.beantwoord(gast, v.alinea("eerste antwoord"), namens=v.teken("antwoord namens"))
    antwoord.bewerk(gast, inhoud=v.alinea("bewerkt antwoord"), versie=1)
    antwoord.controleer(eigenaar)
    antwoord.refresh_from_db()
    vraag.thread.refresh_from_db()
    vraag.beantwoord(v.mens("duizendpoot"), v.alinea("antwoord van duizendpoot"))
    van_wie_ging = vraag.beantwoord(v.mens(v.verlopen), v.alinea("antwoord van wie verliep"))
    vraag.beantwoord(v.mens(v.vertrokken), v.alinea("antwoord van wie vertrok"))
    vraag.thread.bedank(schrijver, van_wie_ging)
    verwijderd = vraag.beantwoord(schrijver, v.alinea("verwijderd antwoord", "nooit"))
    reactie = Reactie.geef(vraag.thread, v.mens(v.geblokkeerd), v.teken("reactie op vraag"))
    Reactie.geef(vraag.thread, eigenaar, v.teken("reactie op antwoord"), antwoord=antwoord)
    reactie_weg = Reactie.geef(vraag.thread, schrijver, v.teken("verwijderde reactie", "nooit"))
    verwijderd.verwijder(schrijver)
    reactie_weg.verwijder(schrijver)
    vraag.kies_oplossing(antwoord, schrijver)
    v.ding("vraag", vraag.pk, wie=v.schrijver, antwoord=antwoord.pk, versie=2)
    v.ding("antwoord", antwoord.pk, wie=v.gast, versie=2)
    v.ding("antwoord_verlopen", van_wie_ging.pk, wie=v.verlopen)
    v.ding("antwoord_weg", verwijderd.pk, wie=v.schrijver)
    v.ding("reactie", reactie.pk, wie=v.geblokkeerd, versie=1)
    v.ding("reactie_weg", reactie_weg.pk, wie=v.schrijver)
    v.ding("afbeelding", beeld.pk)


def _opgepakt(v: Vuller) -> None:
    """In hand of someone who may not read here any more."""
    vraag = v.stel(v.schrijver, "opgepakte vraag")
    vraag.pak_op(v.mens(v.verlopen))
    vraag.draag_over(v.mens(v.eigenaar), v.mens(v.schrijver), "contactpersoon")
    v.ding("vraag_open", vraag.pk, wie=v.schrijver, versie=1)


def _wacht(v: Vuller) -> None:
    """Unanswered, far beyond the norm, asked by someone who left."""
    op = timezone.now() - LANG_GELEDEN
    vraag = v.stel(v.vertrokken, "wachtende vraag", gesteld_op=op)
    v.ding("vraag_wacht", vraag.pk, wie=v.vertrokken)


def _weg(v: Vuller) -> None:
    """Deleted, with a history, and an answer below it that stays readable."""
    vraag = v.stel(v.schrijver, "verwijderde vraag, eerste versie", "nooit")
    vraag.bewerk(
        v.mens(v.schrijver),
        titel=f"{v.teken('titel van verwijderde vraag', 'nooit')} weg?",
        inhoud=v.alinea("tekst van verwijderde vraag", "nooit"),
        versie=1,
    )
    antwoord = vraag.beantwoord(v.mens(v.geblokkeerd), v.alinea("antwoord onder verwijderde vraag"))
    vraag.thread.verwijder(v.mens(v.eigenaar))
    v.ding("vraag_weg", vraag.pk, wie=v.schrijver)
    v.ding("antwoord_onder_weg", antwoord.pk, wie=v.geblokkeerd)


def _los(v: Vuller) -> None:
    """Pasted, and not posted yet: its maker's alone."""
    beeld = v.afbeelding("lid", "los beeld", "eigen")
    v.ding("afbeelding_los", beeld.pk, wie="lid")


def _kennis(v: Vuller) -> None:
    eigenaar = v.mens(v.eigenaar)
    kennisbank = GroepKennisbank.open_voor(v.groep)
    beeld = Beeld.objects.create(
        title=v.teken("titel van beeld", stil=True),
        file=v.w.plaatje(v.teken("bestand van beeld", stil=True)),
        collection=kennisbank.collectie,
        width=1280,
        height=8,
    )
    maat = BeeldRendition.objects.create(
        image=beeld, filter_spec=IN_TEKST, focal_point_key="", width=1280, height=8,
        file=v.w.plaatje(v.teken("beeld in de kennisbank")),
    )  # fmt: skip
    artikel = Kennisartikel(
        title=f"{v.teken('titel van artikel')} zo zit het met de matrix",
        samenvatting=v.teken("samenvatting van artikel"),
        inhoud=[("tekst", f"<p>{v.teken('tekst van artikel')}</p>")],
        owner=eigenaar,
        live=False,
    )
    kennisbank.add_child(instance=artikel)
    artikel.save_revision(user=eigenaar).publish()
    artikel = Kennisartikel.objects.get(pk=artikel.pk)
    klad = Kennisartikel(
        title=f"{v.teken('titel van klad', 'klad')} nog niet",
        samenvatting=v.teken("samenvatting van klad", "klad"),
        owner=eigenaar,
        live=False,
    )
    kennisbank.add_child(instance=klad)
    klad.save_revision(user=eigenaar)
    v.ding("artikel", artikel.pk, artikel.slug)
    v.ding("klad", klad.pk)
    v.ding("beeld", maat.pk)
