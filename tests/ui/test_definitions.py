"""What the page Definitions says of the load, table by table."""

import re
from types import SimpleNamespace
from typing import cast

from data_access.load_info import LoadInfo
from metrics.figures import Figures
from metrics.spc.limits import Options
from tests.worlds import SETTINGS
from ui.definitions import LIMITS, sources, standards

NOW = {"read": 9, "written": 7, "left_out": {"child_in_no_table": 2}}
BEFORE = {"read": 8, "written": 8, "left_out": {}}


def rows_of(load: LoadInfo) -> list[list[str]]:
    html = str(sources(cast(Figures, SimpleNamespace(load=load))))
    rows = re.findall(r"<tr>(.*?)</tr>", html)
    return [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row) for row in rows]


def test_the_limits_are_those_of_today():
    said = " ".join(LIMITS)
    assert f"once it has {Options().fewest_points} months" in said
    assert "--add" in said and "published months stay" in said and "not drawn" not in said


def test_by_when_a_plan_is_to_be_reviewed_stands_among_the_standards():
    html = str(standards(cast(Figures, SimpleNamespace(settings=SETTINGS))))
    reviews = html[html.index(">Review<") :]
    cells = re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", reviews)
    assert cells[3:6] == ["CP", "the first, after the plan began", "3 months"]
    assert "20 working days" in cells and "regulation 33(1)" in cells


def test_what_a_load_read_wrote_and_left_out_stands_beside_the_load_before():
    headings, unit, visit = rows_of(
        LoadInfo(tables={"visit": NOW, "unit": BEFORE}, tables_before={"visit": BEFORE})
    )
    assert headings[4:] == ["Read the load before", "Written then", "Left out then"]
    assert visit == ["visit", "9", "7", "2 child in no table", "8", "8", "none"]
    assert unit[4:] == ["–"] * 3


def test_a_first_load_has_none_before():
    headings, visit = rows_of(LoadInfo(tables={"visit": NOW}))
    assert (headings[-1], visit[-1]) == ("Left out", "2 child in no table")
