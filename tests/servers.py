"""The servers that tests talk to: ChildStat itself, and a PostgreSQL of the tests' own."""

import ctypes
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.client import HTTPException
from pathlib import Path
from time import monotonic
from typing import IO, Any

from sqlalchemy.engine import URL

from tools.needs import openid_provider, postgresql

PROJECT = Path(__file__).parent.parent
PROVIDER_SCRIPT = PROJECT / "tests" / "access" / "sign_in" / "provider.mjs"
SECONDS_TO_START = 60
SECONDS_TO_STOP = 15
PR_SET_PDEATHSIG = 1
# PostgreSQL refuses to run as root: these are the users that a machine may lend it.
UNPRIVILEGED = ("postgres", "nobody")


Process = subprocess.Popen[bytes]


class Unavailable(Exception):
    """This machine lacks a program that a test needs."""


@contextmanager
def serve(database_url: str) -> Iterator[str]:
    """ChildStat over the case database at `database_url`: yields "http://127.0.0.1:PORT"."""
    with serving(PROJECT / "app.py", database_url) as (address, _):
        yield address


@contextmanager
def serving(
    app: Path, database_url: str, port: int | None = None, **environment: str
) -> Iterator[tuple[str, Process]]:
    """A Streamlit app with ChildStat's settings: yields its address and its process."""
    port = port or free_port()
    command = [sys.executable, "-m", "streamlit", "run", str(app), f"--server.port={port}"]
    safe = ["--server.address=127.0.0.1", "--server.headless=true"]
    environment = {**os.environ, "CHILDSTAT_DATABASE": database_url, **environment}
    with tempfile.TemporaryFile() as said:
        with _running([*command, *safe], said, cwd=PROJECT, env=environment) as process:
            address = f"http://127.0.0.1:{port}"
            _await(process, said, lambda: is_well(address))
            yield address, process


@contextmanager
def started(
    command: list[str], is_ready: Callable[[], bool], **options: Any
) -> Iterator[Callable[[], None]]:
    """A server by its command: yields what waits until it is ready, so that several may start."""
    with tempfile.TemporaryFile() as said:
        with _running(command, said, **options) as process:
            yield lambda: _await(process, said, is_ready)


def free_port() -> int:
    """A port of this machine's loopback that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def is_well(address: str) -> bool:
    """Whether ChildStat answers there."""
    return _answers(f"{address}/_stcore/health")


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=2) as answer:
            return answer.status == 200
    except (OSError, HTTPException):
        return False


@contextmanager
def providing(settings: Mapping[str, Any]) -> Iterator[str]:
    """An OpenID provider on loopback, which keeps nothing: yields its issuer."""
    programs = openid_provider()
    if programs is None:
        raise Unavailable("the OpenID provider is not installed: run 'make needs'")
    node, modules = programs
    port = free_port()
    issuer = f"http://127.0.0.1:{port}"
    command = [str(node), str(PROVIDER_SCRIPT), str(modules), str(port), json.dumps(settings)]
    with tempfile.TemporaryFile() as said:
        with _running(command, said, cwd=PROJECT) as process:
            _await(process, said, lambda: _answers(f"{issuer}/.well-known/openid-configuration"))
            yield issuer


@contextmanager
def postgresql_cluster() -> Iterator[URL]:
    """A PostgreSQL cluster in a temporary folder, reached by a socket in it: yields its address.

    It listens on no network address, keeps nothing, and is gone when the block ends.
    """
    programs = postgresql()
    if programs is None:
        raise Unavailable("PostgreSQL's server is not installed: run 'make needs'")
    folder = Path(tempfile.mkdtemp(prefix="childstat-pg-"))
    try:
        yield from _cluster(programs, folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _cluster(programs: Path, folder: Path) -> Iterator[URL]:
    owner = _unprivileged(folder)
    data = folder / "data"
    initdb = [str(programs / "initdb"), "-D", str(data), "-U", "childstat", "--auth=trust"]
    quick = ["--no-sync", "--locale=C.UTF-8", "--encoding=UTF8"]
    # As a council's: words stand there as in a dictionary, and not by their bytes.
    english = ["--locale-provider=icu", "--icu-locale=en-GB"]
    subprocess.run(
        [*initdb, *quick, *english], check=True, capture_output=True, cwd=folder, **owner
    )
    server = [str(programs / "postgres"), "-D", str(data), "-k", str(folder)]
    careless = [
        "-c",
        "listen_addresses=",
        "-F",
        "-c",
        "synchronous_commit=off",
        "-c",
        "full_page_writes=off",
    ]
    with tempfile.TemporaryFile() as said:
        with _running([*server, *careless], said, cwd=folder, **owner) as process:
            _await(process, said, lambda: _accepts(programs, folder))
            yield URL.create(
                "postgresql+psycopg",
                username="childstat",
                database="postgres",
                query={"host": str(folder)},
            )


def _unprivileged(folder: Path) -> dict[str, Any]:
    """How to start a program as a user that PostgreSQL accepts, who then owns `folder`."""
    if os.name == "nt" or os.geteuid() != 0:
        return {}
    import pwd

    known = {user.pw_name: user for user in pwd.getpwall()}
    user = next(known[name] for name in UNPRIVILEGED if name in known)
    os.chown(folder, user.pw_uid, user.pw_gid)
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


def _accepts(programs: Path, folder: Path) -> bool:
    """Whether the server takes connections: its socket is there a while before."""
    asked = [str(programs / "pg_isready"), "-q", "-h", str(folder)]
    return subprocess.run(asked, check=False).returncode == 0


@contextmanager
def _running(command: list[str], said: IO[bytes], **options: Any) -> Iterator[Process]:
    """A process of its own session, so that Ctrl-C reaches the tests first and they stop it."""
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=said,
        stderr=said,
        start_new_session=True,
        preexec_fn=_end_with_the_tests if sys.platform == "linux" else None,
        **options,
    )
    try:
        yield process
    finally:
        _stop(process)


def _end_with_the_tests() -> None:
    """Linux stops the server even where the tests are killed and can't stop it themselves."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGINT)


def _stop(process: Process) -> None:
    # SIGINT: PostgreSQL's "fast" shutdown, and what Ctrl-C is to Streamlit.
    process.send_signal(signal.SIGINT if os.name != "nt" else signal.SIGTERM)
    try:
        process.wait(SECONDS_TO_STOP)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _await(process: Process, said: IO[bytes], is_ready: Callable[[], bool]) -> None:
    """Returns when the server answers; a server that ends or is too slow is an error at once."""
    deadline = monotonic() + SECONDS_TO_START
    while not is_ready():
        try:
            process.wait(timeout=0.05)
        except subprocess.TimeoutExpired:
            if monotonic() < deadline:
                continue
        said.seek(0)
        words = said.read().decode(errors="replace")[-2000:]
        raise RuntimeError(f"{process.args!r} did not start:\n{words}")
