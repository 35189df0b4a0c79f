"""A screen names files and never folders or servers; the log has all of it."""

import ast
import logging
import re

import pytest

from tests.test_architecture import PROJECT
from ui.on_screen import on_screen


@pytest.mark.parametrize(
    "sentence, shown",
    [
        (
            "There is no case database at /srv/childstat/data/case.duckdb: build one.",
            "There is no case database at case.duckdb: build one.",
        ),
        (
            "duckdb:////srv/case.duckdb is being written by another program: wait.",
            "case.duckdb is being written by another program: wait.",
        ),
        (
            r"The store C:\Users\Jo Bloggs\meeting.sqlite is old.".replace("Jo Bloggs", "jo"),
            "The store meeting.sqlite is old.",
        ),
        (
            "postgresql+psycopg://cs:***@db.council.local:5432/cases does not answer: check.",
            "the database server does not answer: check.",
        ),
    ],
)
def test_a_sentence_loses_folders_and_servers_and_the_log_keeps_them(sentence, shown, caplog):
    with caplog.at_level(logging.WARNING, "childstat"):
        assert on_screen(sentence) == shown
    assert sentence in caplog.text


@pytest.mark.parametrize(
    "sentence",
    [
        "12/34 visits of CIN/CP on 03/10/2016 and/or later: 5 / 6.",
        "Run 'python childstat.py load csv FOLDER', then open /metric?month=2016-09.",
        "Every month of 2016/17 is frozen; see https://www.gov.uk/guidance/a for more.",
        "[visits] in config.toml: hours/days must be above 0.",
    ],
)
def test_a_sentence_without_them_is_told_as_it_is(sentence, caplog):
    assert on_screen(sentence) == sentence
    assert not caplog.text


SAID_ON_SCREENS = [
    *sorted((PROJECT / "ui").rglob("*.py")),
    *sorted((PROJECT / "pages").glob("*.py")),
    PROJECT / "access" / "why_no_unit.py",
]


@pytest.mark.parametrize("file", SAID_ON_SCREENS, ids=lambda file: file.stem)
def test_what_screens_say_has_one_kind_of_apostrophe(file):
    tree = ast.parse(file.read_text(encoding="utf-8"))
    notes = {
        ast.get_docstring(one, clean=False)
        for one in ast.walk(tree)
        if isinstance(one, (ast.Module, ast.ClassDef, ast.FunctionDef))
    }
    said = [one.value for one in ast.walk(tree) if isinstance(one, ast.Constant)]
    straight = [one for one in said if isinstance(one, str) and re.search(r"[a-z]'[a-z]", one)]
    assert [one for one in straight if one not in notes] == []
