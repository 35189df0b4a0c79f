"""What is said wherever figures are shown once a load brought too little: rows, or a column."""

import json

import pytest

from data_access.database import connect
from meeting.published.publishing import publish
from metrics.figures import read_figures
from tests.ui.small_council import build, council
from tests.ui.test_changed_settings import NAMES
from tests.ui.test_published_months import SEPTEMBER, said_for
from tests.worlds import SETTINGS, World

SAID = (
    "Far fewer rows than before were loaded of visit: figures that count them may be wrong until"
    " the source is seen to be whole."
)


@pytest.fixture(scope="module")
def shrunk_council(tmp_path_factory) -> str:
    """The small council, whose newest load brought a good part fewer visits."""
    return build(tmp_path_factory.mktemp("shrunk"), with_record(shrunk={"visit": 100}))


def with_record(**more: object) -> World:
    """The small council, of whose load there is more to tell."""
    world = council()
    (load,) = world.rows["source_load"]
    load["rows_json"] = json.dumps(json.loads(load["rows_json"]) | more)
    return world


@pytest.mark.parametrize("page", NAMES)
def test_every_page_with_figures_says_once_that_they_may_be_wrong(opened, shrunk_council, page):
    html = opened(page, shrunk_council, **said_for(opened, page))
    assert html.count(SAID) == 1


def test_where_no_table_has_shrunk_nothing_is_said(opened):
    assert "Far fewer rows" not in opened("month", month="2016-09")


def test_a_month_published_from_whole_data_is_not_made_doubtful_by_a_later_load(
    opened, shrunk_council, store
):
    case = connect(shrunk_council)
    try:
        publish(case, store, SETTINGS, SEPTEMBER, "Ann")
        assert read_figures(case, SETTINGS).doubts(SEPTEMBER) == SAID
    finally:
        case.dispose()
    assert "Far fewer rows" not in opened("month", shrunk_council, month="2016-09")
    assert "Far fewer rows" in opened("month", shrunk_council, month="2016-08")


def test_where_ends_were_never_supplied_pages_say_that_figures_may_be_too_high(opened, tmp_path):
    says = [f"plan.csv has no column {name}: every plan counts as open." for name in "abc"]
    world = with_record(in_doubt={"plan": says})
    html = opened("month", build(tmp_path, world), month="2016-09")
    assert (
        "Figures may be wrong: plan.csv has no column a: every plan counts as open. plan.csv has no"
        " column b: every plan counts as open. Loads has 1 other like it."
    ) in html
