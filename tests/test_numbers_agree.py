"""Words agree with their number: "1 row is", never "1 rows are", wherever a number is written."""

import ast
import re
from collections.abc import Iterator
from functools import cache

import pytest

from data_access.words.agreeing import Agreeing, agreeing
from metrics.catalogue import CATALOGUE
from metrics.model import Period, Tally, View
from metrics.result import Result
from metrics.sentence import companion_sentences, reading_sentences
from metrics.writing import several
from tests.test_architecture import PRODUCT, PROJECT

THINGS = (
    "actions|children|closures|columns|days|doubts|events|figures|files|gaps|hours|ids|issues|items"
    "|lines|measures|metrics|minutes|months|names|people|places|plans|points|records|rows|scores"
    "|sessions|spellings|times|units|visits|weeks|workers|years"
)
# A number, then at most two words, then more than one of something.
COUNTED = re.compile(rf"\{{([^{{}}]*)\}} (?:of |[a-z]+ ){{0,2}}?(?:{THINGS})\b")
# By file: what is never one, since it is so declared, or is only said of several.
NEVER_ONE = (
    "access/in_cases.py: {len(found)} units",
    "access/people.py: {len(found)} people",
    "access/settling.py: {len(found)} workers",
    "charts/level_strips.py: {years} years",
    "commands/doctor/network.py: {days} days",
    "loading/checks/columns_in_doubt.py: {all} scores",
    "loading/checks/columns_in_doubt.py: {days} days",
    "loading/checks/columns_in_doubt.py: {rows} visits",
    "loading/checks/facts.py: {times} times",
    "loading/checks/last_day.py: {days} days",
    "loading/checks/outcomes/not_counted.py: {days} days",
    "loading/checks/sources_at_odds.py: {number} children",
    "loading/checks/sources_at_odds.py: {number} rows",
    "loading/matching/of_others.py: {rows} rows",
    "loading/matching_ids.py: {len(pairs)} pairs of ids",
    "loading/matching_ids.py: {number} ids",
    "loading/names/telling.py: {number} names",
    "loading/names/telling.py: {number} spellings",
    "loading/precedence/telling.py: {number} rows",
    "loading/sources/room.py: {rows} rows",
    "loading/sources/tables_book/sheets.py: {ROWS_TO_SEARCH} rows",
    "loading/sources/ssd/doubts/team_now.py: {len(several)} children",
    "loading/sources/ssd/doubts/unvisited.py: {len(children)} children",
    "metrics/cards/now.py: {several(moved, 'move')} in twelve months",
    "metrics/cards/service.py: {WINDOW_MONTHS} months",
    "metrics/others/counting.py: {MONTHS_BACK} months",
    "metrics/others/counting.py: {SMALLEST_SHOWN} of these children",
    "metrics/others/told.py: {MONTHS_BACK} months",
    "ui/education/tables.py: {MONTHS_BACK} months",
    "metrics/compare/reading.py: {_percent(at.other.share)} four times",
    "metrics/compare/reading.py: {points_words(at.difference)} points",
    "metrics/compare/told.py: {_worth(own)} points",
    "metrics/compare/told.py: {months} months",
    "metrics/compare/told.py: {one} months",
    "metrics/compare/told.py: {points_words(at.difference)} points",
    "metrics/compare/told.py: {points_words(kept.difference)} points",
    "metrics/compare/reading.py: {count(DRAWS)} times",
    "metrics/compare/reading.py: {months} months",
    "metrics/compare/reading.py: {times} times",
    "metrics/compare/report_example.py: {_points(one.most)} points",
    "metrics/definitions/coming_back/re_referral.py: {placed_within_days} days",
    "metrics/definitions/moving/step_down.py: {settle_days} days",
    "metrics/definitions/moving/step_up.py: {settle_days} days",
    "metrics/definitions/moving/step_up_to_care.py: {settle_days} days",
    "metrics/definitions/people/turnover.py: {internal_move_days} calendar days",
    "metrics/definitions/staying/days_by_status.py: {settle_days} days",
    "metrics/definitions/handing_on/bounced.py: {back_within_days} days",
    "metrics/handing_on/transfers.py: {most_days_between} days",
    "metrics/kinds/apart.py: {window} months",
    "metrics/kinds/words.py: {metric.window_months} months",
    "metrics/levels/stays.py: {settle_days} days",
    "metrics/lists/case_frames.py: {MONTHS_UNCHANGED} months",
    "metrics/measures.py: {} days",
    "metrics/spc/title_words.py: {months} months",
    "metrics/survival/words.py: {WINDOW_MONTHS} months",
    "metrics/targets.py: {window} months",
    "metrics/worth/proposed_limits.py: {months} months",
    "metrics/writing.py: {days} working days",
    "tools/plant_bugs.py: {minutes} minutes",
    "ui/child/closer.py: {MINUTES} minutes",
    "access/agreements.py: {DAYS} days",
    "ui/network/leads.py: {DAYS} days",
    "ui/network/leads.py: {MINUTES} minutes",
    "ui/unit/asked_of_unit.py: {DAYS} days",
    "ui/unit/asked_of_unit.py: {MINUTES} minutes",
    "ui/definitions.py: {Options().fewest_points} months",
    "ui/explore/message.py: {len(span.months)} months",
    "ui/explore/over_time.py: {len(span.months)} months",
    "ui/office/looked.py: {} days",
    "ui/office/people.py: {sessions} times",
    "ui/recording/units.py: {MONTHS_JUDGED} months",
    "ui/room/staff.py: {FEWEST_PEOPLE} people",
    "ui/unit/demand.py: {MONTHS} months",
    "ui/unit/second_looks.py: {DAYS} days",
)
# What is not a number of the things after it.
NO_COUNT = (
    "loading/checks/unlinked/without_post.py: {rows:record|records} of hours",
    "metrics/spc/month_charts.py: {} of the months",
    "access/ended_sessions.py: {EVERY_TAB} its hours",
    "access/store/opening.py: {where} takes events",
    "data_access/settings_file/reading.py: {CONFIG_VARIABLE} names",
    "loading/kept/sections.py: {name} had rows",
    "loading/kept/sections.py: {several(len(usual), 'metric')} with figures",
    "loading/kept/summary.py: {several(with_figures, 'metric')} with figures",
    "loading/sources/month_values.py: {path.name} holds no months",
    "metrics/council/own_years.py: {year_side} the same months",
    "metrics/definitions/caseload.py: {n} of the children",
    "metrics/definitions/coming_back/re_referred_after_closure.py:"
    " {d:closure|closures} of twelve months",
    "metrics/people/recorded_time.py: {hours_a_week} contracted hours",
    "metrics/people/recorded_time.py: {percent} of contracted hours",
    "metrics/definitions/distance_travelled.py: {n:has|have} both scores",
    "metrics/late_entry/entered_late.py: {have} visits",
    "ui/explore/message.py: {rows} about restricted records",
    "ui/unit/work.py: {} in figures",
)


def _texts(tree: ast.Module) -> Iterator[str]:
    """Every text of a module as a template: what an f-string puts in stands in braces."""
    inside = {
        id(part)
        for node in ast.walk(tree)
        if isinstance(node, ast.JoinedStr)
        for part in node.values
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            yield "".join(
                str(part.value) if isinstance(part, ast.Constant) else f"{{{_asked(part)}}}"
                for part in node.values
            )
        elif (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in inside
        ):
            yield node.value


def _asked(part: ast.expr) -> str:
    return ast.unparse(part.value) if isinstance(part, ast.FormattedValue) else ""


@cache
def _counts_written_plainly() -> set[str]:
    return {
        f"{file.relative_to(PROJECT).as_posix()}: {found[0]}"
        for file in PRODUCT
        for text in _texts(ast.parse(file.read_text(encoding="utf-8")))
        for found in COUNTED.finditer(text)
    }


def test_every_number_that_can_be_one_stands_with_words_that_agree():
    """A new text of this kind says `several(…)`, or is listed below with why it is never one."""
    assert _counts_written_plainly() <= {*NEVER_ONE, *NO_COUNT}


def test_what_is_listed_as_never_one_is_still_written():
    assert {*NEVER_ONE, *NO_COUNT} <= _counts_written_plainly()


@pytest.mark.parametrize(
    ("number", "words"), [(0, "0 rows"), (1, "1 row"), (2, "2 rows"), (1234, "1\u2009234 rows")]
)
def test_one_row_is_one_row_and_all_other_numbers_are_rows(number, words):
    assert several(number, "row") == words


def test_words_that_take_no_s_are_given():
    assert agreeing(1, "child is", "children are") == "child is"
    assert agreeing(0, "child is", "children are") == "children are"


def test_a_template_says_which_of_its_words_agree():
    template = "{n} of {d} {d:child|children} {n:has|have} none"
    one, four = Agreeing(1, "1"), Agreeing(4, "4")
    assert template.format(n=one, d=four) == "1 of 4 children has none"
    assert template.format(n=four, d=one) == "4 of 1 child have none"


@pytest.mark.parametrize("metric", CATALOGUE.values(), ids=list(CATALOGUE))
def test_what_is_told_beside_a_figure_agrees_with_one(metric):
    one = Tally(1, 1)
    result = Result(
        metric,
        View(Period(2016, 9)),
        "Unit 2",
        one,
        companions={companion.key: one for companion in metric.beside.companions},
    )
    told = " ".join([*companion_sentences(result), *reading_sentences(result)])
    assert not re.search(rf"(?<![\d.,])1 (?:[a-z]+ )?(?:{THINGS})\b", told), told
