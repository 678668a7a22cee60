"""The overviews of a whole municipality at once, beside a plain loop that makes them person by person.

``python -m tests.bench.overzichten L`` measures them alone, for the 15,000 people of that size.

``Overzichten`` is the side of the bench; the other half of this file is a process of its own, in our settings
and on our database (the same command without a size). Nothing is sent: what is measured is finding out
what is for whom, asking the rule again, and writing both halves of each letter.
"""

import os
import subprocess
import sys
from contextlib import ExitStack
from datetime import timedelta

from tests import diensten
from tests.bench import proces
from tests.bench.huizen import WORTEL, Gevuld

# How many the loop does: enough for an average.
LOS = 150
# The set-based side takes everyone each time.
RONDES = 3


class Overzichten:
    """CPU milliseconds per person, of the process and of PostgreSQL: all together, and one by one (``los``).

    Attributes:
        mensen, sql: how many got one, and the statements that took to make.
    """

    def __init__(self, stapel: ExitStack, wij: Gevuld):
        self.omvang = wij.omvang
        self.cpu: dict[str, list[float]] = {"samen": [], "los": []}
        self._proces = subprocess.Popen(
            [sys.executable, "-m", "tests.bench.overzichten"],
            cwd=WORTEL, env=wij.huis.omgeving("web"), text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip
        stapel.callback(diensten.stop_process, self._proces)
        self._verbruik = [self._proces.pid, wij.postgres]
        self._doe("zet klaar")
        for wat in self.cpu:
            self._doe(wat, 20)

    def meet(self) -> None:
        for nummer in range(RONDES):
            self.ronde(nummer)

    def ronde(self, nummer: int) -> None:
        """Both sides once; who goes first changes with the round."""
        for wat in list(self.cpu)[:: 1 if nummer % 2 else -1]:
            self._doe("opnieuw")
            voor = proces.cpu(self._verbruik)
            mensen, sql = self._doe(wat, LOS if wat == "los" else 0)
            self.cpu[wat].append((proces.cpu(self._verbruik) - voor) / mensen * 1000)
            if wat == "samen":
                self.mensen, self.sql = mensen, sql

    def _doe(self, wat: str, aantal: int = 0) -> tuple[int, int]:
        self._proces.stdin.write(f"{wat}:{aantal}\n")
        self._proces.stdin.flush()
        uit = self._proces.stdout.readline().split()
        if len(uit) != 2:
            raise RuntimeError(f"de overzichten mislukken: {uit}")
        return int(uit[0]), int(uit[1])


# --- The process ----------------------------------------------------------------------------------


# Three Threads of each of their Groepen that they have not read.
_MELDINGEN = """
insert into meldingen_melding (gebruiker_id, event_id, soort, reden, groep_id, thread_id, antwoord_id,
                               door_id, op, is_laatste, mail, naar_telefoon)
select l.gebruiker_id, 1000000000 + t.id, 'antwoord.gegeven', 'volgt', l.groep_id, t.id, null, t.steller_id,
       %s, true, 'o', false
from groepen_lidmaatschap l
cross join lateral (
    select id, steller_id from groepen_thread
    where groep_id = l.groep_id and verwijderd_op is null order by laatst_actief_op desc limit 3
) t
on conflict do nothing
"""
_VOLGERS = """
insert into groepen_volger (thread_id, gebruiker_id, is_automatisch, is_uit, sinds)
select thread_id, gebruiker_id, true, false, now() from meldingen_melding on conflict do nothing
"""


def geef_te_horen(cursor, nu) -> None:
    """Everybody gets something to hear of; raw SQL, for PostgreSQL alone."""
    cursor.execute(_MELDINGEN, [nu - timedelta(hours=2)])
    cursor.execute(_VOLGERS)


def luister() -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "intranet.settings")
    django.setup()
    from django.db import connection
    from django.utils import timezone

    from intranet.meldingen import beurt, overzicht
    from intranet.meldingen.models import Instelling, Zending
    from intranet.werkdagen import werkdag_na
    from profielen.models import Gebruiker

    nu = timezone.localtime()
    nu += werkdag_na(nu.date(), 1) - nu.date()
    nu = nu.replace(hour=10)
    sql = 0

    def tel(doe, *rest):
        nonlocal sql
        sql += 1
        return doe(*rest)

    def samen(_aantal: int) -> int:
        beurt.zet_klaar(nu)
        Zending.objects.update(geclaimd_door="bench")
        samenstelling = overzicht.Samenstelling("bench", nu)
        vast = sql
        zendingen = list(Zending.objects.all())
        brieven = sum(isinstance(samenstelling.brief(zending), overzicht.Post) for zending in zendingen)
        return brieven, vast - 1  # without the update that stands for a claim

    def los(aantal: int) -> int:
        mensen = Gebruiker.objects.filter(is_active=True).order_by("pk").values_list("pk", flat=True)
        stap = max(1, len(mensen) // aantal)
        return sum(een_voor_een(pk, nu) for pk in mensen[::stap][:aantal]), 0

    for regel in sys.stdin:
        wat, aantal = regel.strip().split(":")
        sql = 0
        if wat == "zet klaar":
            with connection.cursor() as cursor:
                geef_te_horen(cursor, nu)
                cursor.execute("analyze")
            print("0 0", flush=True)
        elif wat == "opnieuw":
            Zending.objects.all().delete()
            Instelling.objects.update(overzicht_van=None)
            with connection.cursor() as cursor:
                cursor.execute("vacuum analyze meldingen_zending")
            print("0 0", flush=True)
        else:
            with connection.execute_wrapper(tel):
                mensen, statements = {"samen": samen, "los": los}[wat](int(aantal))
            print(mensen, statements, flush=True)


def een_voor_een(pk: int, nu) -> bool:
    """An overview as one would write it first: a handful of queries and a template for each person."""
    from groepen.models import Groep, Thread
    from intranet.meldingen import overzicht, overzichtmail, rust
    from intranet.meldingen.models import Instelling, Melding
    from profielen.models import Gebruiker

    ik = Gebruiker.objects.select_related("organisatie", "profiel").get(pk=pk)
    instelling = Instelling.objects.filter(gebruiker=ik).first()
    if not rust.mag_storen(ik.profiel, instelling, nu):
        return False
    sinds = nu - overzicht.TERUG
    meldingen = (
        Melding.objects.zichtbaar_voor(ik)
        .van(ik)
        .ongelezen()
        .filter(mail__in="mo", gemaild_op=None, op__gte=sinds, thread__verwijderd_op=None)
        .select_related("thread__groep", "door")
        .order_by("-pk")
    )
    groepen = list(Groep.objects.zichtbaar_voor(ik).filter(lidmaatschappen__gebruiker=ik))
    threads = (
        Thread.objects.zichtbaar_voor(ik)
        .levend()
        .filter(groep__in=groepen)
        .exclude(steller=ik)
        .exclude(gelezen_door__gebruiker=ik)
        .select_related("groep")
    )
    vragen = threads.filter(is_onopgelost=True, aantal_antwoorden=0, gestart_op__gt=sinds)
    oplossingen = threads.filter(opgelost_op__gt=sinds)

    def draad(thread):
        return overzicht.Draad(
            thread.pk, thread.titel, thread.soort, thread.fragment, thread.groep_id, thread.groep.naam,
            thread.groep.norm_werkdagen, thread.gestart_op, thread.steller_id, None,
        )  # fmt: skip

    regels = {
        "nieuw": [
            overzichtmail.Regel("nieuw", draad(m.thread), ((m.soort, m.door.naam),))
            for m in meldingen[: overzicht.NIEUW]
        ],
        "helpen": [overzichtmail.Regel("helpen", draad(t)) for t in vragen.order_by("-gestart_op")[:3]],
        "opgelost": [
            overzichtmail.Regel("opgelost", draad(t)) for t in oplossingen.order_by("-opgelost_op")[:3]
        ],
    }
    lezer = overzicht.Lezer(
        pk, ik.email, ik.voornaam, ik.taal, ik.organisatie_id, ik.is_medewerker, False, "dag", sinds, regels
    )
    overzichtmail.Schrijver(nu).brief(lezer, f"los-{pk}")
    return True


def toon(omvang: str) -> None:
    """Fill this size, measure, and print what the bench would."""
    from tests.bench.verslag import Verslag

    verslag = Verslag()
    with ExitStack() as stapel:
        map_ = stapel.enter_context(diensten.temporary_folder("overzichten"))
        wij = Gevuld(stapel, omvang, map_ / "wij")
        wij.volg_postgres()
        overzichten = Overzichten(stapel, wij)
        overzichten.meet()
        verslag.overzichten(overzichten)
    print(*verslag.regels, sep="\n")


if __name__ == "__main__":
    toon(sys.argv[1]) if len(sys.argv) > 1 else luister()
