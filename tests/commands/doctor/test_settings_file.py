"""A password in config.toml, and one fault that must not hide the others."""

from dataclasses import replace

import pytest

from commands.doctor.checks import findings
from commands.doctor.settings_file import settings_file
from data_access.settings import settings_path
from tests.commands.doctor.conftest import has_modes, looked_at, mended

ADDRESS = "postgresql+psycopg://user:hunter22@host/name"


@pytest.fixture
def file(well):
    settings_path().write_text("", encoding="utf-8")
    return settings_path()


@has_modes
def test_a_password_that_every_user_may_read_is_said_and_not_repeated(well, file):
    file.chmod(0o644)
    (sentence,) = mended(settings_file(well(database_url=ADDRESS)))
    assert "every user of this machine may read it" in sentence
    assert "CHILDSTAT_DATABASE instead" in sentence
    assert "hunter22" not in sentence


@has_modes
def test_a_password_that_few_may_read_is_looked_at(well, file):
    file.chmod(0o640)
    assert len(looked_at(settings_file(well(meeting_store_url=ADDRESS)))) == 1


def test_a_password_that_the_environment_gives_is_in_no_file(well, file):
    deployment = well({"CHILDSTAT_DATABASE": ADDRESS}, database_url=ADDRESS)
    assert not list(settings_file(deployment))
    assert not list(settings_file(well()))


def test_an_address_that_cannot_be_used_is_said_beside_all_else(well, tmp_path):
    sign_in = replace(well().settings.sign_in, method="none")
    nowhere = f"sqlite:///{tmp_path / 'not-there' / 'meeting.sqlite'}"
    found = findings(well(meeting_store_url=nowhere, sign_in=sign_in))
    assert any("There is no folder" in one for one in mended(found))
    assert {"python", "start", "case_database"} <= {one.check for one in found}
