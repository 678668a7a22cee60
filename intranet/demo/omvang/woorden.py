"""Text of the right length that means nothing: a few common words, many rare ones."""

from random import Random

PARAGRAFEN, TITELS = 6_000, 6_000
WOORDEN = 8_000
_GEWOON = (
    "gemeente besluit woning aanvraag vergunning inwoner zaak dossier overleg collega document digitaal afspraak "
    "jeugdzorg participatie subsidie beleid college raad kadaster omgevingswet toeslag inkomen werk route kennis "
    "vraag antwoord team proces systeem formulier archief privacy melding rapport budget project planning de het een "
    "van voor met niet wel ook naar over onder tussen hoe wat waar wanneer waarom moet kan mag wordt zijn heeft nieuw "
    "oud snel traag open gesloten"
)
_LETTERGREPEN = (
    "ba be bi bo bu da de di do du fa fe ga ge go ha he hi ho ka ke ki ko la le li lo ma me mi mo na ne ni no pa pe po "
    "ra re ri ro sa se si so ta te ti to va ve vi vo wa we wi wo za ze zi zo straat plein dorp stad heid ing lijk "
    "schap aar tie"
)


class Woorden:
    """Paragraphs of 28 words and titles of 7, the common words far more often than the rare ones."""

    def __init__(self, rnd: Random):
        woorden = dict.fromkeys(_GEWOON.split())
        lettergrepen = _LETTERGREPEN.split()
        while len(woorden) < WOORDEN:
            woorden["".join(rnd.choice(lettergrepen) for _ in range(rnd.randint(2, 4)))] = None
        lijst = list(woorden)

        def zin(aantal: int) -> str:
            return " ".join(lijst[int(WOORDEN * rnd.random() ** 3)] for _ in range(aantal))

        self.paragrafen = [zin(28) for _ in range(PARAGRAFEN)]
        self.titels = [zin(7).capitalize() for _ in range(TITELS)]

    def inhoud(self, eerste: int, tweede: int) -> str:
        return f"<p>{self.paragrafen[eerste]}</p><p>{self.paragrafen[tweede]}</p>"
