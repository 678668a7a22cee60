"""The weights of the score, for both engines alike. Measured: see docs/zoeken.md."""

# BM25F: how much an occurrence counts, by where it stands.
TITEL = 5.0
TEKST = 1.0
TITEL_DELEN = 2.0
TEKST_DELEN = 0.5
K1 = 1.2
B = 0.75

# How much a term of a query counts, by where it came from.
HOOFD = 1.0
DEEL = 0.5
SYNONIEM = 0.7
# Two words of the query as one.
SAMEN = 0.7
