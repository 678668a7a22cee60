"""``python -m tests.bench.iedereen``: an @groep that reaches ten thousand, beside one that reaches ten.

On SQLite and on PostgreSQL: what posting takes, how soon all Meldingen are there, and the bell and the page
of somebody with a hundred thousand of them. Milliseconds of wall time, the median of so many rounds.
"""

import os
import statistics
import subprocess
import sys
import time

import pytest

from tests import diensten

RONDES = 7
KLEIN, GROOT = 10, 10_000
VEEL = 100_000


def _vul():
    """(who asks, {number of leden: Groep})."""
    from groepen.models import Groep
    from profielen.models import Gebruiker, Organisatie

    zandmeer = Organisatie.objects.create(naam="Zandmeer", deelname="deelnemer")
    steller = Gebruiker.objects.create_user("steller@zandmeer.example", organisatie=zandmeer)
    groepen = {}
    for aantal in (KLEIN, GROOT):
        groep = groepen[aantal] = Groep.start(steller, naam=f"Groep van {aantal}", soort="besloten")
        mensen = Gebruiker.objects.bulk_create(
            [
                Gebruiker(email=f"lid{n}@{aantal}.example", sorteernaam="x", organisatie=zandmeer)
                for n in range(aantal)
            ],
            batch_size=500,
        )
        lid = groep.lidmaatschappen.model
        lid.objects.bulk_create([lid(groep=groep, gebruiker=mens) for mens in mensen], batch_size=500)
    return steller, groepen


def _posten(steller, groepen) -> None:
    from django.db import connection, reset_queries

    from intranet.events.models import Event
    from intranet.meldingen import ontvangers

    tijden: dict[int, list[tuple[float, float]]] = {KLEIN: [], GROOT: []}
    sql: dict[int, tuple[int, int]] = {}
    for ronde in range(RONDES + 1):
        for aantal, groep in groepen.items():
            tekst = f'<p><span data-mention="groep:{groep.pk}">@iedereen</span></p>'
            reset_queries()
            begin = time.perf_counter()
            groep.stel_vraag(steller, "Wie weet dit?", tekst)
            gesteld, statements = time.perf_counter() - begin, len(connection.queries)
            event = Event.objects.filter(soort="vraag.gesteld").latest("pk")
            reset_queries()
            begin = time.perf_counter()
            assert ontvangers.meld(event) == aantal
            if ronde:  # the first warms up
                tijden[aantal].append((gesteld, time.perf_counter() - begin))
            sql[aantal] = statements, len(connection.queries)
    for aantal, metingen in tijden.items():
        gesteld, gemeld = (statistics.median(kolom) * 1000 for kolom in zip(*metingen, strict=True))
        print(
            f"  @groep van {aantal:6}: stellen {gesteld:6.1f} ms, {sql[aantal][0]} SQL;"
            f" alle Meldingen er na {gemeld:6.1f} ms, {sql[aantal][1]} SQL",
            flush=True,
        )


def _bel(steller, groep) -> None:
    from django.db import connection, reset_queries
    from django.utils import timezone

    from groepen.models import Thread
    from intranet.accounts import InlogBackend
    from intranet.meldingen import lijst
    from intranet.meldingen.models import Melding

    lid = groep.lidmaatschappen.exclude(gebruiker=steller).select_related("gebruiker").first().gebruiker
    Thread.objects.bulk_create(
        [Thread(groep=groep, soort="vraag", titel=f"Vraag {n}", steller=steller) for n in range(VEEL // 10)],
        batch_size=500,
    )
    threads = list(Thread.objects.filter(titel__startswith="Vraag ").order_by("pk"))
    Melding.objects.bulk_create(
        (
            Melding(
                gebruiker=lid, event_id=10**9 + n, soort="antwoord.gegeven", reden="volgt", groep=groep,
                thread=threads[n % len(threads)], door=steller, op=timezone.now(),
                is_laatste=n >= VEEL * 9 // 10,
            )
            for n in range(VEEL)
        ),
        batch_size=2_000,
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    for naam, doe in (
        ("Gebruiker met de bel", lambda: InlogBackend().get_user(lid.pk)),
        ("het blad", lambda: lijst.blad(lid)),
    ):
        duur = []
        for _ronde in range(RONDES + 3):
            reset_queries()
            begin = time.perf_counter()
            doe()
            duur.append(time.perf_counter() - begin)
        mediaan = statistics.median(duur[3:]) * 1000
        print(f"  {VEEL:,} Meldingen, {naam}: {mediaan:.1f} ms, {len(connection.queries)} SQL", flush=True)


def _hier() -> None:
    """Measure on the database that the environment names."""
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    steller, groepen = _vul()
    _posten(steller, groepen)
    _bel(steller, groepen[GROOT])


def main() -> None:
    omgeving = os.environ | {"DJANGO_SETTINGS_MODULE": "intranet.settings", "DEBUG": "1"}
    opdracht = [sys.executable, "-m", "tests.bench.iedereen", "hier"]
    with diensten.temporary_folder("iedereen") as map_:
        for naam in ("SQLite", "PostgreSQL"):
            print(naam, flush=True)
            if naam == "SQLite":
                rest = {naam: waarde for naam, waarde in omgeving.items() if naam != "DATABASE_URL"}
                subprocess.run(opdracht, env=rest | {"DATA_DIR": str(map_ / "sqlite")}, check=True)
                continue
            try:
                with diensten.postgres() as adres:
                    bij = {"DATABASE_URL": adres, "DATA_DIR": str(map_ / "postgresql")}
                    subprocess.run(opdracht, env=omgeving | bij, check=True)
            except pytest.skip.Exception as reden:
                print(f"  overgeslagen: {reden}")


if __name__ == "__main__":
    if sys.argv[1:] == ["hier"]:
        _hier()
    else:
        main()
