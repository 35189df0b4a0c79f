"""What a figure must be read with: few lines at once, and what casts doubt on it is among them."""

import re
from datetime import datetime
from html import unescape

from metrics.sentence import MUST_BE_SEEN
from tests.metrics.council.test_own_years import months_apart, of_months
from ui.address import read_address
from ui.metric.read_with import LINES_AT_ONCE, in_order, published_elsewhere, reading_lines

VISITS = {"metric": "visits_out_of_timescale", "month": "2016-09", "unit": "U2"}


def text(html: str) -> str:
    """What is read of it."""
    return unescape(re.sub(r"<style.*?</style>|<[^>]+>", " ", html, flags=re.DOTALL))


def test_at_most_three_lines_stand_open_and_the_rest_are_behind_a_title_that_counts_them(opened):
    part = opened("metric", **VISITS).split("To be read with it")[1].split("Definition: ")[0]
    at_once, folded = part.split("<details", 1)
    assert at_once.count("<li>") == LINES_AT_ONCE
    (number,) = re.findall(r"(\d+) more to be read with it", folded)
    assert folded.count("<li>") == int(number) > 0


def test_what_casts_doubt_on_the_number_comes_first_and_all_else_keeps_its_order():
    doubt = f"{MUST_BE_SEEN[0]}: the true figure lies between 20% and 60%."
    lines = ["one.", "two.", "three.", "four.", doubt]
    assert in_order(lines) == [doubt, "one.", "two.", "three.", "four."]


def test_a_figure_has_its_definition_beside_it_in_the_metric_s_own_words(opened):
    said = text(opened("metric", **VISITS).split("Definition: ")[1])
    assert "visits due in the month and not made by their due date" in said
    assert "All definitions" in said
    assert "Definition: what “Time in CIN” counts" in opened("metric", metric="time_in_cin")


def test_no_page_of_a_figure_speaks_of_numerators(opened):
    for page in ("metric", "month", "definitions", "explore", "unit"):
        said = text(opened(page, **VISITS if page != "month" else {"month": "2016-09"}))
        assert not re.search(r"\bNum\.|\bDen\.|[Nn]umerator|[Dd]enominator|Looser|Upright", said)


def test_what_a_mark_says_is_not_heard_twice_where_it_stands_in_words(opened):
    title = opened("metric", **VISITS).split('class="cs-verdict"')[1].split("</p>")[0]
    mark = re.findall(r'<i class="cs-mark"[^>]*>[^<]*(?:<span class="cs-heard">([^<]*))?', title)[0]
    assert mark == ""
    assert 'aria-hidden="true"' in title


def test_the_days_that_a_month_can_be_asked_as_known_on_are_in_order(opened):
    (offered,) = re.findall(r"As it was known on: (.*?)</p>", opened("metric", **VISITS))
    days = [datetime.strptime(day.strip(), "%d %B %Y") for day in text(offered).split("·")]
    assert len(days) > 2
    assert days == sorted(days)


REFERRALS = {"metric": "re_referral", "month": "2016-09"}


def test_our_own_years_stand_in_the_table_of_other_places_under_a_title_that_names_them():
    figures = of_months("re_referral", months_apart)
    said = text(str(published_elsewhere(read_address(REFERRALS, figures), figures)))
    words = " ".join(said.split())
    assert words.startswith("Our years beside other places, as published: Newcastle, North East,")
    assert "Year Ours, the whole service Newcastle" in words
    assert "2016 19.0% (228 of 1 200) 15.4% 20.6% 22.5%" in words


def test_a_month_that_points_another_way_than_its_year_says_so_beside_the_figure():
    figures = of_months("re_referral", months_apart)
    said = text(str(reading_lines(read_address(REFERRALS, figures), figures)))
    assert "One month alone says little." in said.split("more to be read with it")[0]
