"""A small world with everything that can make a page ugly: long words, long names, guests, nothing at all."""

from datetime import timedelta
from uuid import uuid4

from django.utils import timezone

from groepen.models import Groep, Reactie
from kennisbank.models import GroepKennisbank, Kennisartikel
from profielen.models import Afdeling, Deskundigheid, Gebruiker, Onderwerp

LANG = "meervoudigepersoonlijkheidsstoornisEvenementenvergunningaanvraagformulier"
RIJK = (
    f"<p>Het {LANG} staat op https://www.zandmeer.example/{LANG}?stap=1.</p><h2>Zo doe je het</h2>"
    f'<ul><li>Kijk <a href="https://www.zandmeer.example/">bij de regels</a>.</li></ul>'
    f"<table><tr><th>{LANG}</th><th>Leges</th><th>Termijn</th><th>Wie</th></tr>"
    f"<tr><td>Kraam</td><td>€ 12,50</td><td>8 weken</td><td>Vergunningen</td></tr></table>"
    f"<pre>{LANG} {LANG} {LANG}</pre><blockquote>Zo staat het er.</blockquote>"
)


class Wereld:
    """Anna's Groep with a life in it; Bram reads along, Chris is a gast. ``args`` fills the addresses."""

    def __init__(self, anna, bram, chris, dora, eva):
        self.mensen = {"anna": anna, "bram": bram, "chris": chris}
        self.langenaam = Gebruiker.objects.create_user(
            email=f"{LANG[:50]}@zandmeer.example",
            voornaam="Annelies-Wilhelmina",
            achternaam="Wubben-van der Heijden-Oudenaarden",
            organisatie=anna.organisatie,
        )
        self.onderwerpen = [
            Onderwerp.objects.create(naam=naam)
            for naam in ("Algemene Plaatselijke Verordening", LANG[:60], "Markt")
        ]
        self._profielen(anna)
        self.groep = Groep.start(
            anna,
            naam=f"Vergunningen en {LANG[:60]}",
            soort="open",
            onderwerpen=self.onderwerpen,
            doel=f"Hier vraag je alles over het {LANG}.",
            hoort_wel=f"Alles over het {LANG}\nDe markt",
            hoort_niet="De hoogte van de rekening",
        )
        self.groep.voeg_toe(dora, "beheerder", door=anna)
        self.groep.voeg_toe(self.langenaam, door=anna)
        self.groep.voeg_toe(chris, door=anna)
        self.leeg = Groep.start(anna, naam="Een lege groep", soort="verborgen")
        self.besloten = Groep.start(eva, naam="Groep besloten", soort="besloten", doel="Alleen voor ons.")
        self.klop = Groep.start(anna, naam="Anna's besloten groep", soort="besloten")
        self.verzoek = self.klop.vraag_toegang(bram, f"Ik werk mee aan het {LANG}.")
        self.groep.nodig_uit(f"{LANG[:40]}@buiten.example", "lid", anna)
        self.uitnodiging = self.besloten.nodig_uit(bram.email, "lid", eva)
        self._vragen(anna, bram, chris, dora)
        self._artikel(self.leeg, anna)
        self.artikel = self._artikel(self.groep, anna)

    def _artikel(self, groep, wie):
        artikel = Kennisartikel(
            title=f"Zo vraag je een {LANG} aan",
            owner=wie,
            live=False,
            samenvatting=f"Alles over het {LANG}.",
            inhoud=[("tekst", "<p>Zo.</p>")],
        )
        GroepKennisbank.open_voor(groep).add_child(instance=artikel)
        artikel.save_revision(user=wie).publish()
        return artikel

    def _profielen(self, anna):
        afdeling = Afdeling.objects.create(organisatie=anna.organisatie, naam="Dienstverlening")
        team = Afdeling.objects.create(organisatie=anna.organisatie, naam=f"Team {LANG[:60]}", ouder=afdeling)
        for mens in (anna, self.langenaam):
            profiel = mens.profiel
            profiel.functie, profiel.afdeling = f"Adviseur {LANG[:60]}", team
            profiel.vraag_mij_over = f"Het {LANG}, en de markt."
            profiel.telefoon = "0500 12 57 79"
            profiel.save()
            for onderwerp in self.onderwerpen:
                Deskundigheid.objects.create(profiel=profiel, onderwerp=onderwerp)
        profiel.afwezig_van = timezone.localdate() - timedelta(days=1)
        profiel.vervanger = anna
        profiel.save()

    def _vragen(self, anna, bram, chris, dora):
        groep = self.groep
        self.vraag = groep.stel_vraag(
            anna, f"Mag een {LANG}?", RIJK, onderwerpen=self.onderwerpen, kanaal="namens", namens="Mevrouw X"
        )
        self.vraag.bewerk(anna, titel=f"Mag een {LANG} ook?", inhoud=RIJK, versie=1)
        self.vraag.pak_op(dora)
        self.antwoord = self.vraag.beantwoord(self.langenaam, RIJK)
        self.antwoord.bewerk(self.langenaam, inhoud=RIJK + "<p>En dit.</p>", versie=1)
        self.antwoord.controleer(dora)
        weg = self.vraag.beantwoord(chris, "<p>Nee.</p>")
        weg.verwijder(dora)
        self.vraag.beantwoord(chris, RIJK)
        self.reactie = Reactie.geef(self.vraag.thread, anna, f"Dank voor het {LANG}.", antwoord=self.antwoord)
        Reactie.geef(self.vraag.thread, chris, f"Welk {LANG}?")
        self.vraag.thread.bedank(bram, self.antwoord)
        self.vraag.stem(chris)
        self.vraag.kies_oplossing(self.antwoord, anna)
        self.open = groep.stel_vraag(self.langenaam, f"Wie geeft de {LANG} af?", RIJK, kanaal="balie")
        self.open.pak_op(anna)
        self.stil = groep.stel_vraag(
            chris, "Wie weet dit nog?", "", gesteld_op=timezone.now() - timedelta(days=20)
        )
        self.info = groep.stel_vraag(anna, "En op maandag?")
        self.info.vraag_informatie(dora, "Welke maandag?")
        for nummer in range(12):
            groep.stel_vraag(anna, f"Nog een korte vraag, nummer {nummer}?", "<p>Hoe dan?</p>")

    def bewerk_ondertussen(self):
        """An edit by someone else, so that what was opened before collides."""
        self.open.refresh_from_db()
        self.open.bewerk(
            self.langenaam, titel="Iets anders geworden?", inhoud="<p>Anders.</p>", versie=self.open.versie
        )

    @property
    def args(self):
        """For each kind of thing in ``zichtbaarheid.register``: what fills the addresses."""
        return {
            "": [()],
            "vraag": [(self.vraag.pk,), (self.open.pk,), (self.stil.pk,), (self.info.pk,)],
            "vraag_open": [(self.open.pk,)],
            "antwoord": [(self.antwoord.pk,)],
            "reactie": [(self.reactie.pk,)],
            "groep": [(self.groep.slug,), (self.klop.slug,), (self.leeg.slug,), (self.besloten.slug,)],
            "lid": [(self.groep.slug, self.langenaam.pk)],
            "mens": [(self.mensen["anna"].pk,), (self.langenaam.pk,), (self.mensen["chris"].pk,)],
            "uitnodiging": [(self.uitnodiging.sleutel,), (uuid4(),)],
            "artikel": [(self.artikel.pk, self.artikel.slug)],
        }
