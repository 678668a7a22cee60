"""The weights of the score, for both engines alike. Measured: see docs/zoeken.md."""

# BM25F: how much an occurrence counts, by where it stands.
TITEL = 7.0
TEKST = 1.0
TITEL_DELEN = 3.0
TEKST_DELEN = 0.5
# How much every doubling of a part in one text adds to its first time.
HERHALING = 0.5
K1 = 1.2
# How much length counts against a title, against a text shorter than usual, and for what it is longer: that a
# text is long says less than that it is short.
B_TITEL = 0.75
B_KORT = 0.9
B_LANG = 0.5

# What the index is made with: other values mean another index (see STEMPEL).
IN_DE_INDEX = (
    "TITEL",
    "TEKST",
    "TITEL_DELEN",
    "TEKST_DELEN",
    "HERHALING",
    "K1",
    "B_TITEL",
    "B_KORT",
    "B_LANG",
)

# How much a term of a query counts, by where it came from.
HOOFD = 1.0
DEEL = 0.4
SYNONIEM = 0.8
# A word that is near, and not the same.
VERWANT = 0.5
# Each word of a synonym of two, three, more words.
MEERWOORDIG = (1.0, 0.8, 0.7, 0.6)
# Of that, when the query says more: its other words say what is meant.
NAAST_ANDERE = 0.3
# Two words of the query as one.
SAMEN = 0.7
