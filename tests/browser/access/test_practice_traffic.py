"""What single workers carry goes to no browser but the worker's and their managers'."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page
from sqlalchemy import select

from access.grants import Given, grant
from access.matches import confirm
from access.store.reading import read
from access.store.tables import person
from data_access.london import now
from tests.browser.access.conftest import drawn
from tests.browser.listening import Heard
from ui.practice.shown import FOR_WHOM, QUESTION

# What stands on the page whoever's it is, and the workers of Units 2 and 3.
OF_THE_PAGE = {QUESTION, FOR_WHOM, 'class="cs-held"'}
OF_UNIT_2, OF_UNIT_3 = "Workera1", "Workera2"
NUMBER_OF_UNIT_3 = "SW987652"
ELSEWHERE = "/unit?unit=U2"


@pytest.fixture
def connie(somebody, council) -> Iterator[Page]:
    """A consultant who works in Unit 3, and was granted Unit 2."""
    with somebody() as connie:
        tab = connie.signs_in("connie", "/month?month=2016-09")
        (known,) = read(council.store, select(person.c.id).where(person.c.name.like("Connie%")))
        confirm(council.store, known.id, NUMBER_OF_UNIT_3, "a test", now())
        grant(council.store, known.id, Given(unit="U2"), "a test", now())
        yield tab


def heard_at(tab: Page, address: str) -> Heard:
    heard = Heard(tab)
    tab.goto(address)
    drawn(tab).wait_for_load_state("networkidle")
    return heard


def test_a_director_receives_no_byte_of_what_workers_carry(somebody, council):
    with somebody() as dora:
        heard = heard_at(
            dora.signs_in("dora", "/month?month=2016-09"), council.address + "/practice"
        )
        assert heard.of({"tells what single workers carry"})
        assert heard.of({*OF_THE_PAGE, OF_UNIT_2, OF_UNIT_3, "Nightingalesby"}) == set()
        found = heard_at(dora.context.new_page(), council.address + ELSEWHERE)
        assert found.of({OF_UNIT_2}), "on Unit names are for who may see them"
        assert found.of({*OF_THE_PAGE, "./practice"}) == set()


def test_a_consultant_receives_their_own_unit_s_and_no_byte_of_a_unit_that_was_granted(
    connie, council
):
    every = {*OF_THE_PAGE, OF_UNIT_2, OF_UNIT_3}
    heard = heard_at(connie, council.address + "/practice?unit=U2")
    assert heard.of({*every, "you don’t manage it"}) == {"you don’t manage it"}
    found = heard_at(connie.context.new_page(), council.address + "/practice")
    assert found.of(every) == {*OF_THE_PAGE, OF_UNIT_3}
