"""The tables of the built-in engine: two indexes, of which one answers while the other is being built.

Migration 0001 makes them by hand, because both databases can do better than Django asks for: without row
numbers on SQLite, covering indexes on PostgreSQL. Code reads and writes them with SQL of its own
(``intranet.zoeken.ingebouwd``); the models are here so that the tables are known, emptied between tests, and
explained in one place. They hold tokens, never a text.
"""

from django.db import models


class Index(models.Model):
    """One of the two indexes, and what has to be known to search it."""

    class Stand(models.TextChoices):
        LEEG = "leeg"
        BOUW = "bouw"
        ACTIEF = "actief"

    plek = models.SmallIntegerField(primary_key=True)
    stand = models.CharField(max_length=6, choices=Stand)
    # Of the analysis that made it.
    stempel = models.CharField(max_length=32)
    # How far a rebuild came.
    tot = models.CharField(max_length=200)
    documenten = models.IntegerField()
    # Sums of the lengths of title and text, for the averages.
    titels = models.BigIntegerField()
    teksten = models.BigIntegerField()

    class Meta:
        db_table = "zoeken_index"

    def __str__(self):
        return f"{self.plek} {self.stand}"


class Term(models.Model):
    """A token or a word as it was written, and in how many documents it is a token."""

    id = models.IntegerField(primary_key=True)
    token = models.CharField(max_length=64, unique=True)
    df = models.IntegerField()

    class Meta:
        abstract = True

    def __str__(self):
        return self.token


class Posting(models.Model):
    """A token in a document: how strongly, ready to be added up.

    ``sleutel`` is the key of the document as a number, 0 when it has several (``DocumentSleutel``). So the
    tokens of one Groep stand together, and a reader of few Groepen passes over all others.
    """

    pk = models.CompositePrimaryKey("term", "sleutel", "document")
    term = models.IntegerField()
    sleutel = models.IntegerField()
    document = models.IntegerField()
    sterkte = models.SmallIntegerField()

    class Meta:
        abstract = True


class Document(models.Model):
    """What is found: all that counting and sorting asks, in a short row."""

    id = models.IntegerField(primary_key=True)
    naam = models.CharField(max_length=64, unique=True)
    sleutel = models.IntegerField()
    # soort, groep, opgelost, organisaties and onderwerpen between spaces: " vraag g5 s1 o2 t7 t9 "
    kenmerk = models.TextField()
    # Seconds since 1970; 0 when unknown.
    op = models.BigIntegerField()
    vinger = models.CharField(max_length=32)
    # Taken out while a rebuild runs, which must not put it back.
    is_weg = models.BooleanField()

    class Meta:
        abstract = True

    def __str__(self):
        return self.naam


class Inhoud(models.Model):
    """Of a document what taking it out again, phrases and likeness ask; packed numbers of Terms."""

    document = models.IntegerField(primary_key=True)
    titel_lengte = models.IntegerField()
    tekst_lengte = models.IntegerField()
    termen = models.BinaryField()
    volgorde = models.BinaryField()
    woorden = models.BinaryField()
    titelwoorden = models.BinaryField()

    class Meta:
        abstract = True


class DocumentSleutel(models.Model):
    """A key of a document that has several."""

    pk = models.CompositePrimaryKey("document", "sleutel")
    document = models.IntegerField()
    sleutel = models.IntegerField()

    class Meta:
        abstract = True


class Sleutel(models.Model):
    """How many documents a key has."""

    sleutel = models.IntegerField(primary_key=True)
    documenten = models.IntegerField()

    class Meta:
        abstract = True


class Woord(models.Model):
    """In how many documents with this key a word stands; of documents with several keys a row for each."""

    pk = models.CompositePrimaryKey("term", "sleutel", "document")
    term = models.IntegerField()
    sleutel = models.IntegerField()
    document = models.IntegerField()
    aantal = models.IntegerField()

    class Meta:
        abstract = True


class Titelwoord(models.Model):
    """A word in a title or name, for type-ahead."""

    pk = models.CompositePrimaryKey("sleutel", "woord", "document")
    sleutel = models.IntegerField()
    woord = models.CharField(max_length=64)
    document = models.IntegerField()

    class Meta:
        abstract = True


class Drietal(models.Model):
    """Three letters within a word, for finding parts of words."""

    pk = models.CompositePrimaryKey("letters", "term")
    letters = models.CharField(max_length=3)
    term = models.IntegerField()

    class Meta:
        abstract = True


def _tweemaal(soort: type[models.Model], tabel: str) -> None:
    """One model for the table of each index."""
    for plek in (0, 1):
        meta = type("Meta", (), {"db_table": f"zoeken_{tabel}{plek}"})
        naam = f"{soort.__name__}{plek}"
        globals()[naam] = type(naam, (soort,), {"Meta": meta, "__module__": __name__})


TABELLEN = {
    "term": Term,
    "posting": Posting,
    "document": Document,
    "inhoud": Inhoud,
    "documentsleutel": DocumentSleutel,
    "sleutel": Sleutel,
    "woord": Woord,
    "titelwoord": Titelwoord,
    "drietal": Drietal,
}
for _tabel, _soort in TABELLEN.items():
    _tweemaal(_soort, _tabel)
