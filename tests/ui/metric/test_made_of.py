"""What a figure is made of, as Metric, the room and Explore tell it: no two tell of one child."""

import re
from datetime import date
from html import unescape

import pytest

from data_access.database import connect
from data_access.meeting_store.opening import open_store
from data_access.settings import MEETING_STORE_VARIABLE
from meeting.published.publishing import publish
from metrics.catalogue import CATALOGUE
from metrics.model import Period, Scope, View
from tests.each_metric import case_of
from tests.ui.explore.test_explore import row
from tests.ui.small_council import build, council, counted_of
from tests.worlds import SETTINGS
from ui.lists import RESTRICTED_PART, SET_APART

SEPTEMBER = Period(2016, 9)
SPLIT = [
    case_of(key, key)
    for key, metric in CATALOGUE.items()
    if metric.split.by and metric.is_of_children
]
RESTRICTED = "KID-U2-1"


@pytest.fixture(scope="module")
def one_apart(tmp_path_factory) -> str:
    """Unit 2's restricted child is the only one there with a protection plan; one has none."""
    world = council()
    for row_of_child in (*world.rows["plan"], *world.rows["visit"]):
        if row_of_child["child_id"] == RESTRICTED:
            row_of_child["kind"] = "CP"
    for plan in world.rows["plan"]:
        if plan["child_id"] == "KID-U2-2":
            plan["ended_on"] = date(2016, 6, 1)
    return build(tmp_path_factory.mktemp("apart"), world)


@pytest.fixture
def published(one_apart, tmp_path, monkeypatch) -> None:
    url = f"sqlite:///{tmp_path / 'meeting.sqlite'}"
    monkeypatch.setenv(MEETING_STORE_VARIABLE, url)
    store, case = open_store(url), connect(one_apart)
    publish(case, store, SETTINGS, SEPTEMBER, "Ann")
    store.dispose()
    case.dispose()


def made_of(html: str) -> str:
    """The section's HTML; "" where there is no row and so no section."""
    return html.partition("What it is made of")[2].split("<h2")[0]


def parts(table: str, number: int) -> dict[str, str]:
    """Each row's name and one of its cells, counted from its end."""
    found = {}
    for line in re.findall(r"<tr>(.*?)</tr>", table, re.S)[1:]:
        cells = [unescape(re.sub(r"<[^>]*>", "", cell)) for cell in re.split(r"</t[hd]>", line)]
        found[cells[0]] = cells[number]
    return found


@pytest.mark.parametrize("known", [{}, {"known": "now"}])
@pytest.mark.parametrize("key", SPLIT)
@pytest.mark.usefixtures("published")
def test_metric_and_explore_tell_the_same_parts_and_restricted_records_apart(
    opened, looks, one_apart, key, known
):
    looks(may_see_restricted=False)
    metric = CATALOGUE[key]
    said = {"metric": key, "month": SEPTEMBER.key, "unit": "U2"}
    table = made_of(opened("metric", one_apart, **said, **known))
    told = parts(table, 2)
    explored = opened("explore", one_apart, **said, cut=metric.split.by)
    assert told == {name: row(explored, name)[2] for name in told}
    assert (RESTRICTED_PART in told) == (SET_APART in table) == bool(told)
    assert told or key not in counted_of(one_apart, View(SEPTEMBER, Scope("U2")))


@pytest.mark.usefixtures("published")
def test_a_restricted_child_s_plan_is_told_to_who_may_see_it_alone(opened, looks, one_apart):
    said = {"metric": "caseload", "month": SEPTEMBER.key, "unit": "U2"}
    for known in ({}, {"known": "now"}):
        looks(may_see_restricted=True)
        assert "child protection plan" in made_of(opened("metric", one_apart, **said, **known))
        looks(may_see_restricted=False)
        assert "child protection plan" not in made_of(opened("metric", one_apart, **said, **known))


def test_who_has_nothing_open_is_called_so_on_metric_unit_and_explore(opened, one_apart):
    said = {"metric": "caseload", "month": SEPTEMBER.key, "unit": "U2"}
    assert row(opened("metric", one_apart, **said), "nothing open")
    assert row(opened("explore", one_apart, **said, cut="status"), "nothing open")
    assert "Nothing open" in opened("unit", one_apart, unit="U2")


def test_a_figure_without_a_row_has_no_table_of_headings(opened):
    """Nothing closed or was recorded in the small council's September."""
    for key in ("closed", "recorded_in_time"):
        html = opened("metric", metric=key, month=SEPTEMBER.key)
        assert "What it is made of" not in html
        assert "<tbody></tbody>" not in html
        assert "<p>None.</p>" in html
