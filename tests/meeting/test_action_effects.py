"""Whether an action moved its line: by months after it was agreed, and by runs that began then."""

from datetime import UTC, date, datetime

import pytest

from meeting.action_effects import Moved, verdict_on
from meeting.actions import Action
from metrics.model import Period, Polarity
from metrics.spc.chart_reading import Latest
from metrics.spc.charting import ChartRequest, without_gaps, xmr_reading

HIGHER, LOWER = Polarity.HIGHER_IS_BETTER, Polarity.LOWER_IS_BETTER
AGREED = Period(2016, 10)
# Eighteen months of 40 and 44 in turn, the last in the month in which the action was agreed.
BEFORE = (40, 44) * 9


def action(agreed: Period = AGREED, look: Period | None = None) -> Action:
    return Action(
        id="A",
        verb="Share",
        what="visits",
        owner="Unit 2’s lead",
        due_on=date(2016, 12, 1),
        look=look,
        meeting_id="M",
        discussed=agreed.shift(-1),
        agreed=agreed,
        agreed_by="Ann",
        agreed_at=datetime(2016, 10, 4, tzinfo=UTC),
    )


def reading(*after: float | None, better: Polarity = HIGHER, before=BEFORE, **asked):
    first = AGREED.shift(1 - len(before))
    values = dict(enumerate((*before, *after)))
    known = {first.shift(at): value for at, value in values.items() if value is not None}
    return xmr_reading(without_gaps(known), ChartRequest(better, **asked))


def verdict(*after: float | None, look: Period | None = None, **other):
    return verdict_on(action(look=look), reading(*after, **other))


def test_no_month_known_since_is_too_early():
    found = verdict()
    assert (found.moved, found.still_needed) == (Moved.TOO_EARLY, 7)
    assert found.words == "Too early to say: no month known since it was agreed, 7 needed."


def test_months_as_usual_are_too_early_until_a_run_could_have_shown():
    found = verdict(40, 44, 40)
    assert (found.moved, found.still_needed) == (Moved.TOO_EARLY, 4)
    assert found.words == ("Too early to say: 3 months known since it was agreed, 4 more needed.")
    assert verdict(40, 44, 40, 44, 40, 44).still_needed == 1
    found = verdict(40, 44, 40, 44, 40, 44, 40)
    assert found.moved is Moved.NOT_MOVED
    assert found.words == "Not moved: nothing unusual in the 7 months since it was agreed."


def test_the_month_to_look_at_ends_the_wait():
    assert verdict(40, look=Period(2016, 12)).still_needed == 1
    found = verdict(40, 44, look=Period(2016, 12))
    assert found.moved is Moved.NOT_MOVED
    assert found.words == (
        "Not moved: nothing unusual in the 2 months since it was agreed; a run would need 5 more."
    )


def test_a_month_that_is_not_over_or_not_known_does_not_count():
    assert verdict(40, 44, 40, latest=Latest.PROVISIONAL).still_needed == 5
    assert verdict(40, None, 44, None, 40).still_needed == 4


@pytest.mark.parametrize(
    ("after", "words"),
    [
        ((60,), "Moved: above its usual range in November 2016."),
        ((60, 42), "Moved: above its usual range in November 2016, nothing unusual since."),
        ((40, *(45,) * 7), "Moved: 7 months in a row above the mean since December 2016."),
        (
            (41, 42, 43, 44, 45, 46, 47),
            "Moved: 7 months rising in a row since November 2016.",
        ),
        ((44, 52, 52), "Moved: near the top of its usual range since December 2016."),
    ],
)
def test_a_run_that_began_after_the_action_moved_its_line(after, words):
    found = verdict(*after)
    assert (found.moved, found.words) == (Moved.MOVED, words)


def test_a_run_began_where_its_chart_says():
    """Two in three near a limit, with a month in between: one run for the chart and the action."""
    after = (44, 52, 52, 45, 52)
    assert reading(*after).since == Period(2016, 12)
    assert verdict(*after).words == "Moved: near the top of its usual range since December 2016."
    assert verdict(60, 42, 60, 61).words.removeprefix("Moved: above its usual range ") == (
        "since January 2017."
    )


def test_which_way_is_better_is_the_metric_s():
    assert verdict(60, better=LOWER).words == (
        "Not moved but worse: above its usual range in November 2016."
    )
    assert verdict(20, better=LOWER).moved is Moved.MOVED
    assert verdict(60, better=Polarity.NEITHER).moved is Moved.NOT_JUDGED


def test_a_trend_may_start_from_where_the_line_was_when_it_was_agreed():
    before = (*BEFORE[:-1], 40.5)
    assert verdict(41, 42, 43, 44, 45, 46, before=(*BEFORE[:-2], 44, 40.5)).words == (
        "Moved: 7 months rising in a row since October 2016."
    )
    # The same, but that it rose before too.
    assert verdict(41, 42, 43, 44, 45, before=before).moved is Moved.TOO_EARLY


def test_a_run_that_was_one_before_the_action_is_not_put_down_to_it():
    before = (*BEFORE, *(45,) * 6)
    found = verdict_on(action(), reading(*(45,) * 7, before=before))
    assert found.moved is Moved.NOT_MOVED
    assert found.words == (
        "Not moved by this: it was better already, since April 2016, before this was agreed."
    )
    still_early = verdict_on(action(), reading(*(45,) * 4, before=before))
    assert (still_early.moved, still_early.still_needed) == (Moved.TOO_EARLY, 3)


def test_months_before_that_were_no_run_do_not_hide_one_that_stands_without_them():
    # The last of BEFORE is on the better side, as every other month is.
    assert verdict(*(45,) * 6).moved is Moved.TOO_EARLY
    found = verdict(*(45,) * 7)
    assert found.words == "Moved: 8 months in a row above the mean since October 2016."


def test_months_outside_that_began_before_the_action_are_not_put_down_to_it():
    before = (*BEFORE, 70)
    assert verdict_on(action(), reading(70, before=before)).moved is Moved.TOO_EARLY


def test_an_improvement_that_has_turned_since_is_none():
    found = verdict(60, 42, 20)
    assert found.moved is Moved.NOT_MOVED
    assert found.words == "Not moved but worse: below its usual range in January 2017."
    assert verdict(20, 42, 60).moved is Moved.MOVED


def test_a_run_does_not_go_on_across_a_new_start_of_the_line():
    rebased = (AGREED.shift(1),)
    found = verdict(*(90, 94) * 7, rebased=rebased)
    assert found.moved is Moved.NOT_MOVED
    assert found.words.startswith("Not moved: nothing unusual in the 14 months")
    assert verdict(*(90, 94) * 3, rebased=rebased).words == (
        "Can’t be judged: only 6 months since its line was started anew."
    )


@pytest.mark.parametrize(
    ("before", "words"),
    [
        ((40, 44, 40), "Can’t be judged: only 4 months."),
        ((), "Can’t be judged: only 1 month."),
    ],
)
def test_a_plain_line_without_limits_is_not_judged(before, words):
    found = verdict(44, before=before)
    assert (found.moved, found.words) == (Moved.NOT_JUDGED, words)


def test_a_line_without_figures_is_not_judged():
    found = verdict_on(action(), xmr_reading(without_gaps({}), ChartRequest(HIGHER)))
    assert found.words == "Can’t be judged: there are no figures."


def test_a_line_that_never_changes_has_not_moved_after_seven_months():
    assert verdict(*(40,) * 7, before=(40,) * 18).moved is Moved.NOT_MOVED
    assert verdict(*(40,) * 6, before=(40,) * 18).still_needed == 1
