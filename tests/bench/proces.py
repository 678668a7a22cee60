"""What processes cost, read from /proc: CPU time and memory."""

import os
import subprocess
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

TIK = os.sysconf("SC_CLK_TCK")


def _stat(pid: int) -> list[str]:
    # The name stands between brackets and may hold anything; what follows counts from the state.
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()


def ouder(pid: int) -> int:
    """The parent of a process."""
    return int(_stat(pid)[1])


def boom(wortels: Iterable[int]) -> set[int]:
    """These processes and everything below them."""
    kinderen: dict[int, list[int]] = {}
    for map_ in Path("/proc").iterdir():
        if map_.name.isdigit():
            try:
                kinderen.setdefault(ouder(int(map_.name)), []).append(int(map_.name))
            except (OSError, IndexError):
                continue  # it ended meanwhile
    uit, te_gaan = set(), list(wortels)
    while te_gaan:
        pid = te_gaan.pop()
        uit.add(pid)
        te_gaan += kinderen.get(pid, [])
    return uit


def cpu(wortels: Iterable[int]) -> float:
    """Seconds of CPU, user and system, of these trees since they began; of ended children too."""
    tikken = 0
    for pid in boom(wortels):
        try:
            tikken += sum(map(int, _stat(pid)[11:15]))
        except OSError:
            continue
    return tikken / TIK


def geheugen(pid: int) -> tuple[float, float]:
    """(RSS, PSS) in MB: all pages of this process; and with shared ones divided among who shares them."""
    regels = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    waarden = {regel.split(":")[0]: regel.split()[1] for regel in regels[1:]}
    return int(waarden["Rss"]) / 1024, int(waarden["Pss"]) / 1024


class Verbruik(NamedTuple):
    """What a command took: seconds by the clock, seconds of its own CPU, and its peak memory in MB."""

    duur: float
    cpu: float
    piek: float


def draai(opdracht: list[str], omgeving: dict[str, str], map_: Path) -> Verbruik:
    """Run one command to its end."""
    begin = time.monotonic()
    with tempfile.TemporaryFile() as uit:
        proces = subprocess.Popen(
            opdracht, cwd=map_, env=omgeving, stdin=subprocess.DEVNULL, stdout=uit, stderr=uit
        )
        _pid, status, verbruik = os.wait4(proces.pid, 0)
        proces.returncode = os.waitstatus_to_exitcode(status)
        if proces.returncode:
            uit.seek(0)
            raise RuntimeError(f"{opdracht}: {uit.read().decode(errors='replace')[-2000:]}")
    duur = time.monotonic() - begin
    return Verbruik(duur, verbruik.ru_utime + verbruik.ru_stime, verbruik.ru_maxrss / 1024)
