"""Published figures of other places: as they were published, and nothing where they were not."""

import pytest

from data_access.settings import Settings
from metrics.council.published import all_published, places_published, published_of
from metrics.model import FigureKind
from tests.exports.made_up import settings
from tests.kinds import made_up


def of(key: str, **said: object):
    council: Settings = settings(**said)
    return published_of(made_up(key, 999, FigureKind.MONTHLY), council)


@pytest.mark.parametrize(
    ("key", "place", "year", "written"),
    [
        ("re_referral", "Newcastle", 2016, "15.4%"),
        ("re_referral", "Statistical neighbours (median of ten)", 2016, "21.7%"),
        ("repeat_cp_plan", "Newcastle", 2025, "32.1%"),
        ("vacancy_share", "England", 2016, "16.7%"),
        ("turnover", "North East", 2017, "12.8%"),
        ("agency_share", "Newcastle", 2016, "–"),
    ],
)
def test_a_year_is_as_it_was_published_and_a_dash_where_it_was_not(key, place, year, written):
    (found,) = of(key)
    assert found.written(place, year) == written


def test_only_the_places_that_the_settings_name_are_shown():
    (found,) = of("re_referral", published_places=("England",))
    assert list(found.values) == ["England"]
    assert len(places_published()) == 4 == len(of("re_referral", published_places=())[0].values)


def test_each_says_its_source_its_period_and_what_it_counts_otherwise():
    for one in all_published():
        assert one.source and one.period and one.definition.endswith(".")
        assert any(by_year for by_year in one.values.values())


def test_of_a_metric_of_which_nothing_is_published_nothing_is_shown():
    assert of("nobody_publishes_it") == []
