"""Explore and search say the same, word for word, whichever engine the case database is on."""

import re
from random import Random
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from metrics.catalogue import CATALOGUE
from metrics.explore.offered import BY_UNIT, cuts_of
from metrics.model import Cut, Metric
from tests.awkward import UNITS
from tests.engines.conftest import both_urls  # noqa: F401  fixture
from tests.ui.conftest import PAGES
from tests.ui.test_who_sees_what import is_refused

WHO: tuple[dict[str, Any], ...] = (
    {},
    {"may_see_restricted": True},
    {"may_see_names": False},
    {"units": frozenset({"U1"})},
    {"units": frozenset({"U1", "u-1"}), "own_children": "wa1"},
)
WORDS = ("ZOE", "smith", "%", "a 9-0", "O'", "ss", "ԱՐԱՄ")


def said(html: str) -> str:
    """The page without the time that it took."""
    return re.sub(r'data-server-ms="[^"]*"', "", html)


def any_question(dice: Random) -> dict[str, str]:
    """An address of Explore that somebody may come to by its links."""
    metric = dice.choice([*CATALOGUE.values()])
    unit = dice.choice([None, None, *UNITS])
    cuts = [cut for cut in cuts_of(metric) if not (unit and cut is BY_UNIT)]
    asked = {
        "metric": metric.key,
        "month": f"2016-{dice.randrange(1, 11):02}",
        "cut": dice.choice(cuts).key,
        "over": dice.choice(["month", "quarter", "year", "twelve"]),
        "against": dice.choice([None, "before", "year-ago", "2016-02"]),
        "order": dice.choice([None, "value", "-value", "counted", "-of"]),
        "unit": unit,
        "rows": dice.choice([None, "1"]),
    }
    if asked["rows"]:
        asked["sort"] = dice.choice([None, "worker_name", "numerator", "child_name"])
        asked["sort"] = None if not metric.is_of_children else asked["sort"]
    if unit and not asked["against"]:
        asked["against-unit"] = dice.choice([None, "rest"])
    return {name: value for name, value in (asked | narrowed(dice, metric)).items() if value}


def narrowed(dice: Random, metric: Metric) -> dict[str, str | None]:
    cuts = [cut for cut in cuts_of(metric) if not cut.of_workers and cut is not BY_UNIT]
    cut = dice.choice(cuts) if cuts else None
    if cut is None or dice.random() < 0.4:
        return {}
    return {f"{dice.choice(['only', 'not'])}-{cut.key}": dice.choice([*parts(cut, metric), "none"])}


def parts(cut: Cut, metric: Metric) -> list[str]:
    named = cut.names or (metric.split.names if metric.split.by == cut.key else {})
    return [*map(str, cut.bands), *named] or ["none"]


def agree_on(opened, looks, urls: tuple[str, str], seed: int) -> None:
    dice = Random(seed)
    address = any_question(dice)
    looks(**dice.choice(WHO))
    here, there = (said(opened("explore", url, **address)) for url in urls)
    assert here == there, address
    assert is_refused(here) or "<table" in here or "no data" in here.lower() or "No " in here


@pytest.mark.parametrize("seed", range(2))
def test_explore_says_the_same_whatever_it_is_asked(opened, looks, both_urls, seed):  # noqa: F811
    agree_on(opened, looks, both_urls, seed)


@pytest.mark.thorough
@pytest.mark.parametrize("seed", range(2, 130))
def test_explore_says_the_same_of_many_questions(opened, looks, both_urls, seed):  # noqa: F811
    agree_on(opened, looks, both_urls, seed)


@pytest.mark.parametrize("who", WHO, ids=range(len(WHO)))
def test_search_and_a_unit_s_page_say_the_same(opened, looks, both_urls, monkeypatch, who):  # noqa: F811
    looks(**who)
    units = [said(opened("unit", url, unit="U1", sort="worker_name")) for url in both_urls]
    assert units[0] == units[1]
    pages = []
    for url in both_urls:
        monkeypatch.setenv("CHILDSTAT_DATABASE", url)
        pages.append(AppTest.from_file(PAGES / "search.py", default_timeout=30).run())
    for words in WORDS:
        found: list[str] = []
        for page in pages:
            monkeypatch.setenv("CHILDSTAT_DATABASE", both_urls[len(found)])
            page.text_input[0].set_value(words).run()
            assert not page.exception
            found.append(said("".join(element.proto.body for element in page.get("html"))))
        assert found[0] == found[1], words
