"""What a director reads has plain words; what analysts call it stands on Definitions alone."""

import re

import pytest

from metrics.catalogue import CATALOGUE
from ui.pages import PAGES as REGISTER
from ui.pages import Figures

NOT_PLAIN = re.compile(
    r"\b(?:XmR|[pcgu]-chart|Poisson|sigma|Num\.|Den\.|numerator|denominator|Known|Looser than"
    r"|Upright line|frame|seed|Last start)\b",
    re.IGNORECASE,
)
NO_WORDS = re.compile(r"<(style|script).*?</\1>|<[^>]*>", re.DOTALL)
PAGES = sorted(page.name for page in REGISTER.values() if page.figures is not Figures.NONE)
OF_ITS_OWN = {"definitions", "dispute", "child", "metric"}
# "as known now" and "not known" are words that anybody reads as they are meant.
PLAIN = re.compile(r"[a-z,;] known\b")


def not_plain(html: str) -> list[str]:
    return NOT_PLAIN.findall(PLAIN.sub("", NO_WORDS.sub(" ", html)))


@pytest.mark.parametrize("page", sorted({*PAGES} - OF_ITS_OWN))
def test_no_page_has_a_word_of_analysts_before_a_director(opened, page):
    assert not not_plain(opened(page, month="2016-09", unit="U2"))


@pytest.mark.parametrize("metric", CATALOGUE)
def test_no_figure_is_told_in_words_of_analysts(opened, metric):
    assert not not_plain(opened("metric", metric=metric, month="2016-09"))


def test_definitions_says_what_analysts_call_the_limits_under_charts(opened):
    said = opened("definitions")
    assert all(name in said for name in ("XmR chart", "p-chart", "c-chart", "g-chart"))
