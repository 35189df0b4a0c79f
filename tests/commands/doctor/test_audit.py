"""The audit's end: told elsewhere, and still what was told."""

from datetime import timedelta

import pytest

from access.audit.events import last_head
from access.audit.heads import Head, add_head
from commands.doctor.audit import audit
from data_access.access_settings import AccessStore, SignIn
from tests.commands.doctor.conftest import NOW, looked_at, mended


@pytest.fixture
def head(access_store) -> Head:
    with access_store.connect() as connection:
        return last_head(connection)


def test_an_end_that_was_told_today_and_stands_is_fine(well, head):
    add_head(well().heads_file, head)
    assert [one.severity for one in audit(well())] == ["fine"]


def test_an_end_that_is_told_nowhere_is_looked_at(well, access_store):
    store = AccessStore(well().settings.access_store.url)
    (sentence,) = looked_at(audit(well(access_store=store)))
    assert "[access_store] heads names no file" in sentence


def test_an_end_that_was_never_told_is_looked_at(well, access_store):
    (sentence,) = looked_at(audit(well()))
    assert "was never told to" in sentence


def test_an_end_that_was_told_long_ago_is_looked_at(well, head):
    old = Head(head.number, head.digest, NOW - timedelta(days=5))
    add_head(well().heads_file, old)
    assert "was last on 28 September 2016 told to" in looked_at(audit(well()))[0]


@pytest.mark.parametrize("number", [0, 1])
def test_an_end_that_was_cut_off_or_changed_is_to_be_mended(well, head, number):
    add_head(well().heads_file, Head(head.number + number, "another digest".replace(" ", "-"), NOW))
    (sentence,) = mended(audit(well()))
    assert "somebody has changed or cut it" in sentence


def test_a_file_of_heads_that_is_none_is_said(well, access_store):
    well().heads_file.write_text("nothing of that kind, really\n", encoding="utf-8")
    assert "is no head of the audit" in mended(audit(well()))[0]


def test_without_sign_in_there_is_no_audit_to_tell(well):
    assert not list(audit(well(sign_in=SignIn())))
    assert not list(audit(well()))
