"""A drill: a database of its own, workers in real processes, and a look at what the outlets heard."""

import contextlib
import json
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from pathlib import Path

from tests import diensten

ROOT = Path(__file__).resolve().parents[3]


class Drill:
    """Runs the parts of `drill_script` and ``manage.py`` in one environment."""

    def __init__(self, folder, database_url, **extra):
        self.folder = folder
        kept = {name: value for name, value in os.environ.items() if name not in ("REDIS_URL", "CI")}
        self.environment = kept | {
            "DJANGO_SETTINGS_MODULE": "tests.drill_settings",
            "DATABASE_URL": database_url,
            "DATA_DIR": str(folder),
            "DRILL_DIR": str(folder),
            "DEBUG": "1",
            "LOG_LEVEL": "ERROR",
            **{name: str(value) for name, value in extra.items()},
        }
        self.script("prepare")

    def start(self, *command, **options):
        """Start a Python process in the drill's environment."""
        return subprocess.Popen(
            [sys.executable, *map(str, command)], cwd=ROOT, env=self.environment, text=True, **options
        )

    def script(self, what, *arguments):
        """Run one part of `drill_script` and return what it printed."""
        process = self.start(
            "-m", "tests.intranet.events.drill_script", what, *arguments, stdout=subprocess.PIPE
        )
        output, _ = process.communicate(timeout=60)
        assert process.returncode == 0
        return output

    @contextlib.contextmanager
    def reporter(self):
        """Yield a function that returns the state of Events and Deliveries; see `drill_script.report`."""
        process = self.start(
            "-m",
            "tests.intranet.events.drill_script",
            "reports",
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            bufsize=1,
        )

        def report():
            process.stdin.write("\n")
            return json.loads(process.stdout.readline())

        try:
            yield report
        finally:
            process.communicate(timeout=10)  # it ends with what it reads from

    def noted(self, outlet):
        """Return what this outlet wrote down, as pairs of Event and word (a number where it is one)."""
        log = self.folder / "gehoord.log"
        lines = [line.split() for line in log.read_text().splitlines()] if log.exists() else []
        return [
            (int(event), int(what) if what.isdigit() else what)
            for name, event, _, what in lines
            if name == outlet
        ]

    def heard(self, outlet, what="gehoord"):
        """Return how often this outlet wrote down each Event."""
        return Counter(event for event, word in self.noted(outlet) if word == what)

    def wait(self, done, seconds=90):
        """Report until ``done(report)`` is true, and return that report."""
        deadline = time.monotonic() + seconds
        with self.reporter() as report:
            while not done(state := report()):
                assert time.monotonic() < deadline, f"still not done: {state['pending'][:5]}"
                time.sleep(0.1)
        return state

    @contextlib.contextmanager
    def nest(self, size, deadly=False):
        """Keep ``size`` workers alive; yields a `Nest`. They must all stop at the end, and cleanly.

        With ``deadly`` work about, one may be dying of it at that very moment: stopping is then enough.
        """
        process = self.start(
            "-m",
            "tests.intranet.events.drill_script",
            "nest",
            size,
            stdout=subprocess.PIPE,
            start_new_session=True,
        )
        workers = Nest(process)
        try:
            yield workers
            process.terminate()
            assert process.wait(60) == 0 or deadly
        finally:
            # With all that it forked: one that lives on would keep the line open, and us waiting for its end.
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            process.stdout.close()


class Nest:
    """The process numbers of the workers that live now."""

    def __init__(self, process):
        self._arrivals, self.living = queue.Queue(), []
        threading.Thread(target=self._read, args=[process.stdout], daemon=True).start()

    def _read(self, stdout):
        for line in stdout:
            self._arrivals.put(int(line))

    def size(self):
        """Take note of new arrivals and return how many workers live."""
        with contextlib.suppress(queue.Empty):
            while True:
                self.living.append(self._arrivals.get_nowait())
        return len(self.living)


@contextlib.contextmanager
def database(kind):
    """Yield a folder, a ``DATABASE_URL`` on it, and the server (None for SQLite)."""
    with diensten.temporary_folder("drill") as folder:
        if kind == "sqlite":
            yield folder, f"sqlite:///{folder / 'drill.sqlite3'}", None
        else:
            # A drill about faults writes to disk as a real server does.
            with diensten.postgres_server(fsync=True) as server:
                yield folder, server.url, server
