"""A month that was published without the history for a figure: told so whatever is held later."""

from datetime import date

from meeting.published.frozen import as_published
from meeting.published.publishing import publish
from metrics.catalogue import CATALOGUE
from metrics.figures import Figures, read_figures
from metrics.model import FEWEST, Period, View
from metrics.sentence import reading_sentences, why_no_value
from tests.worlds import SETTINGS, World

METRIC = CATALOGUE["re_referral"]
MARCH = Period(2016, 3)


def came_back() -> World:
    """As many children as a rate needs, each referred in March, and one of them the year before."""
    world = World()
    world.add("unit", unit_id="U1", name="East", kind="area")
    world.add("referral", child_id="Child 1", received_on=date(2015, 5, 1))
    for number in range(1, FEWEST + 1):
        world.add("referral", child_id=f"Child {number}", received_on=date(2016, 3, 15))
    return world


def result(figures: Figures):
    return figures.result(METRIC, View(MARCH))


def test_a_published_month_goes_on_saying_why_though_more_is_held_now(case_of, store):
    fewer = case_of(came_back(), covers_from={"referral": "2015-04-01"})
    publish(fewer, store, SETTINGS, MARCH, "Ann", None)
    more = case_of(came_back(), load_id="2", covers_from={"referral": "2014-04-01"})
    live = read_figures(more, SETTINGS)
    told = result(as_published(live, store))
    assert result(live).value == 100 / FEWEST
    assert (told.value, why_no_value(told)) == (None, "needs 12 months before it")
    (why,) = reading_sentences(told)
    assert why.startswith("Not enough history: March 2016 needs 12 months of referrals before it.")
