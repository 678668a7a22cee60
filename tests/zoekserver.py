"""A real Elasticsearch without Docker, from its Maven package (docs/beheer.md).

    python -m tests.zoekserver             # start one, print its address, stop it with Ctrl-C

Use it in tests through ``diensten.elasticsearch()`` (a server of your own, of one or more nodes, that you may
kill) or the fixture ``elasticsearch_url`` (one for the whole run, shared by all processes of pytest-xdist).
"""

import argparse
import contextlib
import fcntl
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
import zipfile
from pathlib import Path

import pytest

from tests import diensten

WORTEL = Path(__file__).resolve().parent.parent
PAKKETTEN = WORTEL / "build" / "elasticsearch"
COORDINATES = "org.elasticsearch.distribution.integ-test-zip:elasticsearch:{version}:zip"
VERSION = os.environ.get("TEST_ELASTICSEARCH_VERSION", "8.19.3")
NEWER = "9.1.4"
# The oldest Java that each major version runs on.
JAVA = {8: 17, 9: 21}
START_SECONDS = 200  # 13 s on an idle machine
# Half the work of starting, for code that never gets as fast as it does on a real server.
QUICK = "-XX:TieredStopAtLevel=1 -XX:-AlwaysPreTouch"
USER = "nobody"  # Elasticsearch refuses to run as root


def missing(message):
    """Skip the test, or in CI fail it, with what is missing here."""
    if os.environ.get("CI"):
        pytest.fail(message)
    pytest.skip(message)


# --- What it is started from --------------------------------------------------------------------


def javas():
    """Return the Javas of this machine: major version → folder."""
    found = {}
    for release in Path("/usr/lib/jvm").glob("*/release"):
        lines = release.read_text().splitlines()
        number = next((line.split('"')[1] for line in lines if line.startswith("JAVA_VERSION=")), "0")
        if (release.parent / "bin" / "java").exists():
            found.setdefault(int(number.split(".")[0]), release.parent)
    return found


def can_run(version):
    """Tell whether there is a Java here for this version."""
    return any(major >= JAVA[int(version[0])] for major in javas())


def java_home(version=VERSION):
    """Return the folder of the oldest Java here that this Elasticsearch runs on, or skip the test."""
    if not can_run(version):
        missing(f"no Java for Elasticsearch {version}: apt-get install openjdk-17-jre-headless")
    return min((major, folder) for major, folder in javas().items() if major >= JAVA[int(version[0])])[1]


def package(version=VERSION):
    """Return the zip of this version, fetched once with Maven (by its own settings), or skip the test."""
    file = PAKKETTEN / f"elasticsearch-{version}.zip"
    PAKKETTEN.mkdir(parents=True, exist_ok=True)
    with (PAKKETTEN / "slot").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not file.exists():
            command = [
                diensten.find_binary("mvn", "maven"), "-q", "-B", "dependency:copy",
                f"-Dartifact={COORDINATES.format(version=version)}",
                f"-DoutputDirectory={PAKKETTEN}", "-Dmdep.useBaseVersion=true",
            ]  # fmt: skip
            fetched = subprocess.run(
                command, cwd=PAKKETTEN, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
            )
            if fetched.returncode or not file.exists():
                missing(f"Maven did not bring Elasticsearch {version}: {fetched.stdout[-500:]}")
    return file


# --- Running ------------------------------------------------------------------------------------


class Node:
    """One node; ``kill()`` is kill -9, ``start()`` brings it back with what it had on disk."""

    def __init__(self, name, folder, home, java, settings, *, quick):
        self.name, self.home, self.java, self.quick = name, home, java, quick
        self.folder, self.log = folder, folder / "output.log"
        self.port = settings["http.port"]
        self.url = f"http://127.0.0.1:{self.port}"
        self.process = None
        (folder / "config").mkdir(parents=True)
        for file in (home / "config").iterdir():
            if file.is_file():
                (folder / "config" / file.name).write_bytes(file.read_bytes())
        settings = {"path.data": str(folder / "data"), "path.logs": str(folder / "logs"), **settings}
        # JSON is YAML as well.
        lines = [f"{key}: {json.dumps(value)}\n" for key, value in settings.items()]
        (folder / "config" / "elasticsearch.yml").write_text("".join(lines))

    def start(self):
        """Start the process; does not wait."""
        environment = {
            "PATH": os.environ["PATH"],
            "ES_PATH_CONF": str(self.folder / "config"),
            "ES_JAVA_HOME": str(self.java),
            "ES_JAVA_OPTS": f"-Xms512m -Xmx512m {QUICK if self.quick else ''}",
            "CLI_JAVA_OPTS": QUICK,
            "ES_TMPDIR": str(self.folder / "tmp"),
        }
        (self.folder / "tmp").mkdir(exist_ok=True)
        identity = {}
        if os.geteuid() == 0:
            subprocess.run(["chown", "-R", USER, self.folder], check=True)
            identity = {"user": USER, "group": "nogroup", "extra_groups": []}
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [self.home / "bin" / "elasticsearch"],
                cwd=self.folder,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                # The script starts a Java that starts a Java: signals go to all three.
                start_new_session=True,
                **identity,
            )

    def signal(self, sig):
        """Send a signal to all its processes (SIGSTOP: it hangs; SIGCONT: it goes on)."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, sig)

    def kill(self):
        """End it at once, as a power cut does."""
        if self.process is not None:
            self.signal(signal.SIGKILL)
            self.process.wait()
            self.process = None

    def stop(self, seconds=20):
        """End it in order."""
        if self.process is not None:
            self.signal(signal.SIGTERM)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(seconds)
            self.kill()


class Cluster:
    """An Elasticsearch of one or more nodes: ``url`` for ``ELASTICSEARCH_URL`` names them all."""

    def __init__(self, folder, *, version=VERSION, nodes=1, quick=True):
        java, file = java_home(version), package(version)
        with zipfile.ZipFile(file) as packed:
            packed.extractall(folder)
        home = folder / f"elasticsearch-{version}"
        for script in (home / "bin").iterdir():
            script.chmod(0o755)
        names = [f"node-{number}" for number in range(nodes)]
        transport = [diensten.free_port() for _ in names]
        common = {
            "cluster.name": folder.name,
            "network.host": "127.0.0.1",
            "xpack.security.enabled": False,
            # A test machine with a full disk still has room for a test.
            "cluster.routing.allocation.disk.threshold_enabled": False,
        }
        if nodes == 1:
            common["discovery.type"] = "single-node"
        else:
            common["discovery.seed_hosts"] = [f"127.0.0.1:{port}" for port in transport]
            common["cluster.initial_master_nodes"] = names
        self.nodes = [
            Node(
                name,
                folder / name,
                home,
                java,
                {**common, "node.name": name, "http.port": diensten.free_port(), "transport.port": port},
                quick=quick,
            )
            for name, port in zip(names, transport, strict=True)
        ]
        self.url = ",".join(node.url for node in self.nodes)

    def start(self):
        """Start every node and wait until they found each other."""
        for node in self.nodes:
            node.start()
        self.wait()

    def wait(self, nodes=None):
        """Wait until so many nodes (all) are in the cluster and every index is served."""
        path = f"/_cluster/health?wait_for_status=yellow&timeout=1s&wait_for_nodes={nodes or len(self.nodes)}"
        first = next(node for node in self.nodes if node.process is not None)
        diensten.wait_until(
            lambda: not ask(first.url + path).get("timed_out", True),
            first.process,
            what="Elasticsearch",
            log=first.log,
            seconds=START_SECONDS,
        )

    def stop(self):
        """End every node."""
        for node in self.nodes:
            node.stop()


def ask(url, method="GET", body=None):
    """Return the JSON of an answer of Elasticsearch, {} for an error."""
    request = urllib.request.Request(url, method=method)
    if body is not None:
        request.data = json.dumps(body).encode()
        request.add_header("Content-Type", "application/json")
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return json.load(answer)
    except (urllib.error.HTTPError, json.JSONDecodeError):
        return {}


@contextlib.contextmanager
def cluster(*, version=VERSION, nodes=1, quick=True):
    """Yield a running `Cluster`, gone afterwards. Not ``quick`` is for measuring how fast it searches."""
    with diensten.temporary_folder("elastic") as folder:
        server = Cluster(folder, version=version, nodes=nodes, quick=quick)
        try:
            server.start()
            yield server
        finally:
            server.stop()


# --- One for the whole run ----------------------------------------------------------------------


def shared(version=VERSION):
    """Return the address of the server that all test processes of this run share, started when needed.

    A process of its own holds it and stops it when the run is over, also when that is killed. With
    ``TEST_ELASTICSEARCH_URL`` in the environment that server is used and left alone.
    """
    given = os.environ.get("TEST_ELASTICSEARCH_URL")
    if given and version == VERSION:
        return given
    java_home(version), package(version)  # skip here, where pytest hears it
    # The processes of pytest-xdist are children of the one that was started.
    run = os.getppid() if os.environ.get("PYTEST_XDIST_WORKER") else os.getpid()
    state = Path(tempfile.gettempdir()) / f"bp-elastic-{os.getuid()}-{run}-{version}"
    with state.open("a+") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        file.seek(0)
        url = file.read()
        with contextlib.suppress(OSError):
            if url and ask(f"{url}/_cluster/health"):
                return url
        file.truncate(0)  # left by a run that was killed, whose number came round again
        command = [sys.executable, "-m", "tests.zoekserver", "--version", version, "--while", str(run)]
        keeper = subprocess.Popen(
            [*command, "--state", str(state)],
            cwd=WORTEL,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        url = keeper.stdout.readline().strip()
        if not url:
            raise RuntimeError(f"Elasticsearch {version} did not start")
        file.write(url)
        return url


def alive(process):
    """Tell whether this process still runs."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def main():
    """Run a server until Ctrl-C, or as long as another process lives."""
    options = argparse.ArgumentParser(description="Start an Elasticsearch for tests and development.")
    options.add_argument("--version", default=VERSION)
    options.add_argument("--while", dest="process", type=int, help="stop when this process is gone")
    options.add_argument("--state", type=Path, help="remove this file at the end")
    chosen = options.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())
    try:
        with cluster(version=chosen.version, quick=chosen.state is not None) as server:
            print(server.url, flush=True)
            while chosen.process is None or alive(chosen.process):
                time.sleep(0.5)
    except KeyboardInterrupt:
        pass
    finally:
        if chosen.state:
            chosen.state.unlink(missing_ok=True)


if __name__ == "__main__":
    main()
