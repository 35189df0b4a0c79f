"""What single workers carry is in no figure, slide, file, board or page but its own."""

import ast
from pathlib import Path

import pytest
from sqlalchemy import Table
from sqlalchemy.sql import visitors

from data_access.database import connect
from data_access.schema import supervision, supervision_child
from exports.excel.workbook import write_slides
from exports.powerpoint.deck import write_deck
from metrics.catalogue import CATALOGUE
from metrics.figures import read_figures
from metrics.model import Period
from metrics.stored.counting import WORK_LISTS
from tests.exports.opened import Opened
from tests.ui.practice.conftest import SAMIRA
from tests.worlds import SETTINGS, basis, months
from ui.practice.shown import FOR_WHOM, QUESTION

PROJECT = Path(__file__).parent.parent.parent.parent
OF_ONE_WORKER = ("metrics.practice", "data_access.guard.of_staff")
# Whether the page opens is asked by the register; what it shows is read by its own folders alone.
MAY_ASK = {"ui/pages.py"}
ROOMS = {"metrics/practice", "ui/practice"}


def imported(file: Path) -> set[str]:
    text = file.read_text(encoding="utf-8")
    # To read all of the code as a tree takes two seconds.
    found = ast.walk(ast.parse(text)) if "practice" in text or "of_staff" in text else ()
    return {one.module or "" for one in found if isinstance(one, ast.ImportFrom)}


def test_only_the_page_s_own_folders_read_what_single_workers_carry():
    readers = {
        file.relative_to(PROJECT)
        for room in (
            "access",
            "charts",
            "commands",
            "exports",
            "loading",
            "meeting",
            "metrics",
            "ui",
        )
        for file in (PROJECT / room).rglob("*.py")
        if any(one.startswith(OF_ONE_WORKER) for one in imported(file))
    }
    assert Path("ui/practice/opening.py") in readers
    others = {one.as_posix() for one in readers if one.parent.as_posix() not in ROOMS}
    assert others == MAY_ASK


def test_no_figure_and_no_kept_list_is_made_of_supervision():
    made = [list.rows for list in WORK_LISTS]
    for metric in CATALOGUE.values():
        made += [metric.rows, *(one.rows for one in metric.beside.companions)]
    read = {
        table
        for rows in made
        for table in visitors.iterate(rows(months(), basis()))
        if isinstance(table, Table)
    }
    assert len(read) > 10 and not read & {supervision, supervision_child}


@pytest.mark.parametrize(
    "write", [write_slides, pytest.param(write_deck, marks=pytest.mark.thorough)]
)
def test_no_slide_says_anything_of_it(held, write):
    engine = connect(held)
    content = write(read_figures(engine, SETTINGS), Period(2016, 9), ["U2"])
    engine.dispose()
    parts = Opened(content).zip
    text = "".join(parts.read(name).decode("utf-8", "ignore") for name in parts.namelist())
    told = (SAMIRA, "Rowan Hart", QUESTION, FOR_WHOM, "Physical abuse", "most since", "newly qual")
    assert "Unit 2" in text and not [words for words in told if words in text]
