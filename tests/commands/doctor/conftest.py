"""A deployment in which all is well, to be spoilt one thing at a time."""

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine

from access.grants import Given, grant
from access.store.opening import open_access_store
from commands.doctor.deployment import Deployment
from commands.doctor.findings import Finding, Severity
from commands.doctor.streamlit_options import OPTIONS_FILE, Option, option_of
from data_access.access_settings import AccessStore, SignIn
from data_access.meeting_store.opening import open_store
from tests.access.people import WITH_ROLES, signed_in
from tests.commands.conftest import build

has_modes = pytest.mark.skipif(
    os.name == "nt", reason="Windows keeps who may open a file elsewhere"
)
NOW = datetime(2016, 10, 3, 12, 0, tzinfo=UTC)
SECRET = "fY3kQm81LzPw0sVbXa7uTr5HdGc2NjEi"
NAMED = {"STREAMLIT_SERVER_ALLOWED_HOSTS": "childstat.example.gov.uk 127.0.0.1"}
OIDC = SignIn(
    method="oidc",
    address="https://childstat.example.gov.uk",
    issuer="https://provider.invalid",
    client_id="childstat",
)


@pytest.fixture(scope="session")
def database(tmp_path_factory) -> str:
    return build(tmp_path_factory.mktemp("looked-at"))


@pytest.fixture
def well(tmp_path: Path, database: str, monkeypatch) -> Callable[..., Deployment]:
    """Call it for a deployment; what is given takes the place of what is well."""
    monkeypatch.setenv("CHILDSTAT_SIGN_IN_SECRET", SECRET)
    monkeypatch.setenv("CHILDSTAT_CONFIG", str(tmp_path / "config.toml"))
    Path(database.removeprefix("duckdb:///")).chmod(0o600)
    settings = replace(
        WITH_ROLES,
        database_url=database,
        sign_in=OIDC,
        meeting_store_url=f"sqlite:///{tmp_path / 'meeting.sqlite'}",
        access_store=AccessStore(f"sqlite:///{tmp_path / 'access.sqlite'}", "heads.txt"),
    )

    def deployment(environment=None, free_bytes=10**12, trust=None, **changed) -> Deployment:
        around = {"CHILDSTAT_SIGN_IN_SECRET": SECRET, **NAMED, **(environment or {})}
        given = {} if trust is None else {"trust": trust}
        return Deployment(
            replace(settings, **changed),
            option_of(around, OPTIONS_FILE),
            around,
            now=lambda: NOW,
            free_bytes=lambda _folder: free_bytes,
            **given,
        )

    return deployment


@pytest.fixture
def access_store(well) -> Iterator[Engine]:
    """The access store of the deployment, in which Ann administers and is the auditor, too."""
    engine = open_access_store(well().settings.access_store)
    ann = signed_in(engine, "ChildStat.Administrator")
    grant(engine, ann.person, Given(role="auditor"), "the tests", NOW)
    yield engine
    engine.dispose()


@pytest.fixture
def meeting_store(well) -> Iterator[Engine]:
    engine = open_store(well().settings.meeting_store_url)
    yield engine
    engine.dispose()


def said(findings: Iterable[Finding], severity: Severity) -> list[str]:
    """The sentences of one severity, each with its key before it."""
    return [f"{one.check}: {one.message}" for one in findings if one.severity is severity]


def mended(findings: Iterable[Finding]) -> list[str]:
    return said(findings, Severity.MEND)


def looked_at(findings: Iterable[Finding]) -> list[str]:
    return said(findings, Severity.LOOK)


def without(option: Option, **values: object) -> Callable[[str], object]:
    """The options, but for one or more, whose dots are written as underscores."""
    changed = {name.replace("_", ".", 1): value for name, value in values.items()}
    return lambda name: changed[name] if name in changed else option(name)
