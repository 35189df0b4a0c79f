"""A click stays within the session: what was typed at one address is not there at the next."""

import pytest
from streamlit.testing.v1 import AppTest

from access.audit.events import What
from tests.ui.addresses import links_to
from tests.ui.conftest import PAGES

FIELDS = (
    "text_input",
    "text_area",
    "selectbox",
    "multiselect",
    "radio",
    "date_input",
    "number_input",
)
ROWS = {"metric": "visits_out_of_timescale", "month": "2016-09", "unit": "U2"}


@pytest.fixture
def within_a_session(small_council, monkeypatch):
    """One page's session, to be turned to one address after another."""
    monkeypatch.setenv("CHILDSTAT_DATABASE", small_council)

    def session(page: str):
        app = AppTest.from_file(PAGES / f"{page}.py", default_timeout=30)

        def turn(**said: str) -> AppTest:
            app.query_params.clear()
            for name, value in said.items():
                app.query_params[name] = value
            app.run()
            assert not app.exception
            return app

        return turn

    return session


def fields(app: AppTest) -> set[str]:
    """The fields of a page as Streamlit knows them: what has one id keeps what was typed."""
    return {field.proto.id for kind in FIELDS for field in getattr(app, kind)}


@pytest.mark.parametrize("page", ["agenda", "actions", "cases", "export", "notes"])
def test_a_field_at_one_address_is_another_than_at_the_next(met, within_a_session, page):
    turn = within_a_session(page)
    before = fields(turn(month="2016-09", metric="sickness"))
    after = fields(turn(month="2016-09", metric="caseload"))
    assert before
    assert after
    assert not before & after


def test_what_is_chosen_stays_while_the_address_does_and_no_longer(store, within_a_session):
    turn = within_a_session("export")
    units = turn(month="2016-09").multiselect[0]
    units.set_value(units.value[:1]).run()
    assert turn(month="2016-09").multiselect[0].value == units.value[:1]
    assert turn(month="2016-10").multiselect[0].value == units.options


def test_a_doubt_begun_of_one_row_is_not_there_of_another(store, opened, within_a_session):
    rows = [said for said, _ in links_to("dispute", opened("metric", **ROWS))]
    turn = within_a_session("dispute")
    before = fields(turn(**rows[0]))
    assert before
    assert not before & fields(turn(**rows[1]))


def test_a_child_turned_to_within_a_session_is_witnessed_as_one_that_is_opened(
    door, opened, small_council, within_a_session
):
    door.comes("director", "U2")
    children = [said for said, _ in links_to("child", opened("metric", **ROWS))][:2]
    turn, before = within_a_session("child"), len(door.events(What.OPENED_CHILD))
    for child in (*children, children[0]):
        turn(**child)
    assert len(door.events(What.OPENED_CHILD)) == before + 3
