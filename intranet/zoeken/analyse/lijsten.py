"""The word lists beside this file that an editor may change: one entry a line, # starts a remark."""

from pathlib import Path

MAP = Path(__file__).parent / "lijsten"


def lees(naam: str) -> list[str]:
    """The entries of a list."""
    regels = (
        regel.partition("#")[0].strip() for regel in (MAP / naam).read_text(encoding="utf8").splitlines()
    )
    return [regel for regel in regels if regel]
