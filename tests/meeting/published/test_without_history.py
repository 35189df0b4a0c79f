"""A month that was published without the history for a figure: told so whatever is held later."""

from datetime import date

from meeting.published.frozen import as_published
from meeting.published.publishing import publish
from metrics.catalogue import CATALOGUE
from metrics.figures import Figures, read_figures
from metrics.model import Period, View
from metrics.sentence import reading_sentences, why_no_value
from tests.worlds import SETTINGS, World

METRIC = CATALOGUE["re_referral"]
MARCH = Period(2016, 3)


def came_back() -> World:
    world = World()
    world.add("unit", unit_id="U1", name="East", kind="area")
    for day in (date(2015, 5, 1), date(2016, 3, 15)):
        world.add("referral", child_id="Kit", received_on=day)
    return world


def result(figures: Figures):
    return figures.result(METRIC, View(MARCH))


def test_a_published_month_goes_on_saying_why_though_more_is_held_now(case_of, store):
    fewer = case_of(came_back(), covers_from={"referral": "2015-04-01"})
    publish(fewer, store, SETTINGS, MARCH, "Ann", None)
    more = case_of(came_back(), load_id="2", covers_from={"referral": "2014-04-01"})
    live = read_figures(more, SETTINGS)
    told = result(as_published(live, store))
    assert result(live).value == 100
    assert (told.value, why_no_value(told)) == (None, "needs 12 months before it")
    (why,) = reading_sentences(told)
    assert why.startswith("Not enough history: March 2016 needs 12 months of referrals before it.")
