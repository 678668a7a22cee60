"""Personal data in a query, masked before the query is kept.

People sometimes paste the number of a resident into the search box. What looks like a burgerservicenummer, a
bank account, a telephone number or an e-mail address is not kept, nor any other long number.
"""

import re

_EMAIL = re.compile(r"[^\s<>()@,;]+@[\w-]+(?:\.[\w-]+)+")
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?:\s?[A-Z0-9]){11,30}\b", re.IGNORECASE)
_GETAL = re.compile(r"(?<![\w.])\+?\(?\d(?:[\s./()-]{0,2}\d){7,}")
_NIET_CIJFER = re.compile(r"\D")


def is_bsn(cijfers: str) -> bool:
    """Whether these pass the eleven-proof of the burgerservicenummer; 8 digits are 9 without the first 0."""
    if len(cijfers) not in (8, 9) or not cijfers.strip("0"):
        return False
    cijfers = cijfers.zfill(9)
    som = sum(int(cijfer) * (9 - plek) for plek, cijfer in enumerate(cijfers[:8])) - int(cijfers[8])
    return som % 11 == 0


def maskeer(tekst: str) -> str:
    """``tekst`` with words in place of personal data: "verhuizing [bsn]"."""
    tekst = _EMAIL.sub("[e-mailadres]", tekst)
    tekst = _IBAN.sub("[rekening]", tekst)
    return _GETAL.sub(_getal, tekst)


def _getal(gevonden: re.Match[str]) -> str:
    cijfers = _NIET_CIJFER.sub("", gevonden[0])
    if is_bsn(cijfers):
        return "[bsn]"
    if gevonden[0].lstrip("(").startswith(("0", "+")) and 9 <= len(cijfers) <= 15:
        return "[telefoon]"
    return "[nummer]"
