"""Real services for tests, started from Debian packages: no Docker, no fixed ports, nothing left behind.

Each context manager starts one service on a free port of 127.0.0.1 with a folder of its own, waits until it
answers, and stops it afterwards. Two test runs side by side do not meet. Without the binary the test is
skipped and names the package to install; with ``CI`` in the environment that is a failure.
"""

import contextlib
import email.policy
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path

import pytest

# Where distributions put what is not on everyone's PATH.
EXTRA_PATHS = ["/usr/sbin", "/usr/local/sbin", "/usr/local/bin", "/opt/homebrew/bin"]
START_SECONDS = 30


def free_port():
    """Return a TCP port of 127.0.0.1 that nothing listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def find_binary(name, package):
    """Return the path of a program, or skip (in CI: fail) the test, naming the Debian package."""
    versions = Path("/usr/lib/postgresql").glob("*/bin")
    newest_first = sorted(versions, key=lambda path: float(path.parent.name), reverse=True)
    places = [*os.environ.get("PATH", "").split(os.pathsep), *EXTRA_PATHS, *map(str, newest_first)]
    found = shutil.which(name, path=os.pathsep.join(places))
    if found is None:
        message = f"{name} is not on this machine: apt-get install {package}"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    return found


def wait_until(answers, process=None, *, what, log=None, seconds=START_SECONDS):
    """Call ``answers()`` until it is true; raise with the service's own log when it never is."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if process is not None and process.poll() is not None:
            break
        with contextlib.suppress(OSError):
            if answers():
                return
        time.sleep(0.05)
    text = log.read_text(errors="replace")[-2000:] if log and log.exists() else ""
    raise RuntimeError(f"{what} did not start:\n{text}")


def listens(port):
    """Tell whether something accepts connections on this port of 127.0.0.1."""
    with socket.create_connection(("127.0.0.1", port), timeout=1):
        return True


def stop_process(process, sig=signal.SIGTERM, seconds=10):
    """Stop a child process, by force when it does not listen."""
    if process is None or process.poll() is not None:
        return
    process.send_signal(sig)
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


@contextlib.contextmanager
def temporary_folder(name):
    """Yield a short, fresh folder that other system users may pass through."""
    folder = Path(tempfile.mkdtemp(prefix=f"bp-{name}-"))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


# --- PostgreSQL ---------------------------------------------------------------------------------


class Postgres:
    """A PostgreSQL server that a test can stop and start again (``stop()``, ``start()``, ``url``)."""

    def __init__(self, folder, *, fsync=False):
        self.initdb = find_binary("initdb", "postgresql")
        self.server = find_binary("postgres", "postgresql")
        self.folder, self.data, self.log = folder, folder / "data", folder / "postgres.log"
        self.port, self.fsync, self.process = free_port(), fsync, None
        self.url = f"postgres://binnenplein@127.0.0.1:{self.port}/binnenplein"
        # PostgreSQL refuses to run as root; the package brings a user for it.
        self.identity = {"user": "postgres", "group": "postgres", "extra_groups": []}
        if os.geteuid() != 0:
            self.identity = {}

    def create(self):
        """Make the data directory."""
        self.data.mkdir(mode=0o700)
        if self.identity:
            owner = pwd.getpwnam("postgres")
            for path in (self.folder, self.data):
                os.chown(path, owner.pw_uid, owner.pw_gid)
        command = [self.initdb, "-D", self.data, "-U", "binnenplein", "-A", "trust", "-N"]
        command += ["--locale=C", "--encoding=UTF8"]
        made = subprocess.run(
            command, cwd=self.folder, capture_output=True, text=True, check=False, **self.identity
        )
        if made.returncode:
            raise RuntimeError(f"initdb failed: {made.stderr}")

    def start(self):
        """Start the server and wait until it answers; makes the database the first time."""
        options = ["listen_addresses=127.0.0.1", "unix_socket_directories=", "max_connections=100"]
        if not self.fsync:
            options += ["fsync=off", "synchronous_commit=off", "full_page_writes=off"]
        command = [self.server, "-D", self.data, "-p", str(self.port)]
        for option in options:
            command += ["-c", option]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(command, cwd=self.folder, stdout=log, stderr=log, **self.identity)
        wait_until(self._ready, self.process, what="PostgreSQL", log=self.log)

    def _ready(self):
        import psycopg

        admin = self.url.rsplit("/", 1)[0] + "/postgres"
        try:
            with psycopg.connect(admin, connect_timeout=2, autocommit=True) as connection:
                known = "SELECT 1 FROM pg_database WHERE datname = 'binnenplein'"
                if connection.execute(known).fetchone() is None:
                    connection.execute("CREATE DATABASE binnenplein")
        except psycopg.OperationalError:
            return False
        return True

    def stop(self, sig=signal.SIGINT):
        """Stop the server. SIGINT ends all sessions cleanly, SIGQUIT is a crash."""
        stop_process(self.process, sig)


@contextlib.contextmanager
def postgres_server(*, fsync=False):
    """Yield a running `Postgres`. Fault drills want ``fsync=True``."""
    with temporary_folder("pg") as folder:
        server = Postgres(folder, fsync=fsync)
        server.create()
        try:
            server.start()
            yield server
        finally:
            server.stop()


@contextlib.contextmanager
def postgres(*, fsync=False):
    """Yield the ``DATABASE_URL`` of a fresh PostgreSQL whose user may create databases."""
    with postgres_server(fsync=fsync) as server:
        yield server.url


# --- Redis --------------------------------------------------------------------------------------


@contextlib.contextmanager
def redis():
    """Yield the ``REDIS_URL`` of a fresh, empty Redis that writes nothing to disk."""
    binary, port = find_binary("redis-server", "redis-server"), free_port()
    with temporary_folder("redis") as folder:
        log = folder / "redis.log"
        command = [binary, "--port", str(port), "--bind", "127.0.0.1", "--dir", str(folder)]
        command += ["--save", "", "--appendonly", "no"]
        with log.open("wb") as output:
            process = subprocess.Popen(command, cwd=folder, stdout=output, stderr=output)
        try:
            wait_until(lambda: listens(port), process, what="Redis", log=log)
            yield f"redis://127.0.0.1:{port}/0"
        finally:
            stop_process(process)


# --- nginx --------------------------------------------------------------------------------------

MINIMAL = """events { worker_connections 256; }
http {
%s
}
"""


@contextlib.contextmanager
def nginx(conf, *, port=None):
    """Yield the address (``http://localhost:PORT``) of an nginx that serves ``conf``.

    Args:
        conf: a whole nginx.conf, or only what stands inside ``http { }``. ``@POORT@`` becomes the port to
            listen on and ``@MAP@`` the folder of this nginx.
        port: the port, when the caller needs to know it beforehand.
    """
    binary, port = find_binary("nginx", "nginx-light"), port or free_port()
    with temporary_folder("nginx") as folder:
        temporary = "".join(
            f"{kind}_temp_path {folder}/{kind};"
            for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        whole = conf if "events" in conf and "http {" in conf else MINIMAL % conf
        whole = whole.replace("http {", "http { " + temporary, 1)
        file, log = folder / "nginx.conf", folder / "error.log"
        file.write_text(whole.replace("@POORT@", str(port)).replace("@MAP@", str(folder)))
        main = f"daemon off; pid {folder}/nginx.pid;"
        if os.geteuid() == 0 and "\nuser " not in "\n" + whole:
            main += " user root;"  # reads what the test wrote
        with log.open("wb") as output:
            command = [binary, "-p", folder, "-c", file, "-e", "stderr", "-g", main]
            process = subprocess.Popen(command, cwd=folder, stdout=output, stderr=output)
        try:
            wait_until(lambda: listens(port), process, what="nginx", log=log)
            yield f"http://localhost:{port}"
        finally:
            stop_process(process, signal.SIGQUIT)


# --- Mail ---------------------------------------------------------------------------------------


@dataclass
class Mailbox:
    """A mail server in this process: ``url`` for ``EMAIL_URL``, ``messages`` in order of arrival."""

    url: str = ""
    port: int = 0
    messages: list[EmailMessage] = field(default_factory=list)
    recipients: list[list[str]] = field(default_factory=list)

    async def handle_DATA(self, server, session, envelope):
        """Take one letter in, parsed, with the recipients of its envelope."""
        parser = BytesParser(policy=email.policy.default)
        self.recipients.append(list(envelope.rcpt_tos))
        self.messages.append(parser.parsebytes(envelope.content))
        return "250 OK"


@contextlib.contextmanager
def smtp():
    """Yield a `Mailbox`: a real SMTP conversation, collected in the test's own process."""
    from aiosmtpd.controller import Controller

    mailbox = Mailbox(port=free_port())
    mailbox.url = f"smtp://127.0.0.1:{mailbox.port}"
    controller = Controller(mailbox, hostname="127.0.0.1", port=mailbox.port)
    controller.start()
    try:
        yield mailbox
    finally:
        controller.stop()


# --- Elasticsearch ------------------------------------------------------------------------------


@contextlib.contextmanager
def elasticsearch(*, nodes=1, **options):
    """Yield a fresh Elasticsearch of one or more nodes, to break: ``url``, ``nodes[0].kill()``, …

    Starting takes 15 seconds: what only needs one asks for the fixture ``elasticsearch_url``.
    """
    from tests import zoekserver

    with zoekserver.cluster(nodes=nodes, **options) as server:
        yield server
