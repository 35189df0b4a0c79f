"""What is worth the room's time: which rules, in which order, and that nothing is lost."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

import pytest

from data_access.settings import Target
from metrics.agenda_rules import ITEMS_AT_MOST, WorthRule, has_a_row, worth_the_rooms_time
from metrics.catalogue import CATALOGUE
from metrics.figures import Figures
from metrics.model import SERVICE, Measure, Period, Scope, Tally, View
from metrics.sentence import bounds_sentence, why_no_value
from metrics.spc.chart_reading import Rule
from tests.exports.made_up import LOAD, SEPTEMBER, UNITS, settings

Lines = Mapping[str, Sequence[float]]

STEADY = (20, 21, 22) * 7
JUMP = (*STEADY[:-1], 60)
DROP = (*STEADY[:-1], 1)


def council(
    lines: Lines, targets: Sequence[Target] = (), lost: frozenset[str] = frozenset()
) -> Figures:
    """Each figure's months, by "metric__unit", a share out of 100; without a unit the service's."""
    tallies: dict[tuple[str, str | None, Period], Tally] = {}
    for name, numerators in lines.items():
        key, _, unit_id = name.partition("__")
        for at, numerator in enumerate(reversed(numerators)):
            month = SEPTEMBER.shift(-at)
            if at == 0 and name in lost:
                continue
            of, each = (100, 1) if CATALOGUE[key].measure.is_share else (10, 10)
            tallies[key, unit_id or SERVICE, month] = Tally(numerator * each, of)
    load = replace(LOAD, data_to=date(2016, 12, 31))
    return Figures(load, settings(targets=tuple(targets)), tallies, {**UNITS, SERVICE: "Service"})


def found(figures: Figures) -> list[tuple[WorthRule, str, tuple]]:
    items = worth_the_rooms_time(figures, SEPTEMBER).items
    return [(one.rule, one.metric.key, one.unit_ids) for one in items]


def aims_at(value: float) -> list[Target]:
    return [Target("direct_work", value, SEPTEMBER.shift(-30).start, "plan")]


def test_a_month_like_the_others_gives_nothing_and_says_so_of_each_figure():
    worth = worth_the_rooms_time(council({"sickness": STEADY, "sickness__U1": STEADY}), SEPTEMBER)
    assert worth.items == worth.more == worth.unjudged == ()
    assert [one.view.scope.unit_id for one in worth.usual] == [SERVICE, "U1"]


@pytest.mark.parametrize(
    ("line", "rule"), [(JUMP, WorthRule.CONCERN), (DROP, WorthRule.IMPROVEMENT)]
)
def test_what_is_not_usual_is_an_item_for_worse_or_for_better(line, rule):
    assert found(council({"sickness": line})) == [(rule, "sickness", (SERVICE,))]


def test_a_target_out_of_reach_is_an_item_though_nothing_is_unusual():
    assert found(council({"direct_work": STEADY}, aims_at(50))) == [
        (WorthRule.TARGET, "direct_work", (SERVICE,))
    ]
    assert not found(council({"direct_work": STEADY}, aims_at(21)))


def test_a_concern_that_misses_its_target_is_one_item_and_says_both():
    figures = council({"direct_work": DROP}, aims_at(50))
    ((rule, _, _),) = found(figures)
    (item,) = worth_the_rooms_time(figures, SEPTEMBER).items
    assert rule is WorthRule.CONCERN
    assert "will not be met without change" in item.sentence


def test_a_month_that_is_lost_after_months_that_were_there_is_a_fault_in_the_data():
    figures = council({"sickness": STEADY, "caseload": STEADY}, lost=frozenset({"sickness"}))
    assert found(figures) == [(WorthRule.DATA_FAULT, "sickness", (SERVICE,))]


def test_a_month_in_which_every_row_has_its_unit_is_no_fault_of_no_unit():
    figures = council({"assessments_in_45_days": STEADY, "assessments_in_45_days__U1": STEADY})
    some: dict[tuple[str, str | None, Period], Tally] = {
        ("assessments_in_45_days", None, SEPTEMBER.shift(-at)): Tally(2, 12) for at in range(1, 9)
    }
    figures = replace(
        figures,
        tallies={**figures.tallies, **some},
        units={**figures.units, None: "No unit"},
    )
    assert found(figures) == []
    result = figures.charted_result(
        CATALOGUE["assessments_in_45_days"], View(SEPTEMBER, Scope(None))
    )
    assert why_no_value(result) == "0 assessments authorised"
    lost = {place: tally for place, tally in figures.tallies.items() if place[2] != SEPTEMBER}
    assert found(replace(figures, tallies=lost))[0][0] is WorthRule.DATA_FAULT


def test_one_rule_gives_one_item_of_a_metric_and_the_service_leads():
    figures = council({"sickness__U2": JUMP, "sickness": JUMP, "sickness__U1": STEADY})
    assert found(figures) == [(WorthRule.CONCERN, "sickness", (SERVICE, "U2"))]


def test_without_the_service_units_stand_in_their_own_order():
    figures = council({"sickness": STEADY, "sickness__U2": JUMP, "sickness__U1": JUMP})
    assert found(figures) == [(WorthRule.CONCERN, "sickness", ("U1", "U2"))]


def test_there_are_five_items_at_most_and_the_rest_is_told_as_more():
    worse = ("caseload", "sickness", "visits_out_of_timescale")
    lines = dict.fromkeys(worse, JUMP) | dict.fromkeys(("agency_share", "vacancy_share"), DROP)
    lines |= {"icpc_in_15_days": JUMP}
    worth = worth_the_rooms_time(council(lines), SEPTEMBER)
    assert [one.rule for one in worth.items] == [WorthRule.CONCERN] * 3 + [
        WorthRule.IMPROVEMENT
    ] * 2
    assert len(worth.items) == ITEMS_AT_MOST
    assert [one.metric.key for one in worth.more] == ["vacancy_share"]


def test_a_metric_is_one_item_and_what_other_rules_find_of_it_is_told_with_it():
    figures = council({"sickness": JUMP, "sickness__U1": DROP, "sickness__U2": JUMP})
    (item,) = worth_the_rooms_time(figures, SEPTEMBER).items
    assert (item.rule, item.unit_ids) == (WorthRule.CONCERN, (SERVICE, "U2"))
    assert item.others == (
        "Also concerning, each in its own way: Unit 2. Also improving, each in its own way: Unit 1."
    )
    assert [one.view.scope.unit_id for one in item.every] == [SERVICE, "U2", "U1"]


def children(key: str, then: int, now: int, unit_id: str = SERVICE) -> Figures:
    """A number of children that was `then` until a year ago, and has been `now` since."""
    known: dict[tuple[str, str | None, Period], Tally] = {}
    for back in range(20):
        number = now if back < 12 else then
        known[key, unit_id, SEPTEMBER.shift(-back)] = Tally(number, number)
    return replace(council({}), tallies=known)


@pytest.mark.parametrize(
    ("then", "now", "said"),
    [
        (328, 383, "55 more children looked after than a year before, 17% of 328."),
        (383, 328, "55 fewer children looked after than a year before, 14% of 383."),
        (100, 110, "10 more children looked after than a year before, 10% of 100."),
        (328, 350, None),
        (20, 29, None),
    ],
    ids=["more", "fewer", "the least", "less than a tenth", "fewer than ten children"],
)
def test_a_number_without_limits_is_an_item_by_its_change_over_a_year(then, now, said):
    worth = worth_the_rooms_time(children("children_looked_after", then, now), SEPTEMBER)
    assert [(item.rule, item.moved) for item in worth.items] == (
        [(WorthRule.OVER_A_YEAR, said)] if said else []
    )
    if said:
        assert worth.items[0].sentence.endswith(said)
        assert f"{now} in September 2016." in worth.items[0].sentence


def test_a_unit_s_number_of_children_is_no_item_as_work_is_handed_on():
    assert found(children("children_looked_after", 20, 60, "U1")) == []


def test_a_change_over_a_year_is_asked_of_those_that_declare_it_and_of_no_other():
    declared = {key for key, one in CATALOGUE.items() if one.worth_over_a_year is not None}
    assert declared == {key for key in CATALOGUE if key.startswith("children_")}
    assert {CATALOGUE[key].measure for key in declared} == {Measure.COUNT}
    assert found(children("days_by_status", 328, 383)) == []


def test_too_few_months_are_not_called_usual():
    worth = worth_the_rooms_time(council({"sickness": STEADY[:12]}), SEPTEMBER)
    assert worth.usual == worth.items == ()
    assert [one.metric.key for one in worth.unjudged] == ["sickness"]


def test_every_figure_with_a_value_is_told_once():
    lines: dict[str, Sequence[float]] = {
        f"{key}__{unit}": STEADY for key in CATALOGUE for unit in ("U1", "U2")
    }
    lines |= {"sickness": JUMP, "caseload": DROP, "direct_work": STEADY[:5]}
    lines |= {"recorded_in_time": (*STEADY[:14], *(22, 23) * 3, 22)}
    worth = worth_the_rooms_time(council(lines), SEPTEMBER)
    told = [one for item in (*worth.items, *worth.more) for one in item.every]
    places = [
        (one.metric.key, one.view.scope.unit_id)
        for one in [*told, *worth.small, *worth.usual, *worth.unjudged]
    ]
    assert len(places) == len(set(places)) == len(lines)


def test_the_others_of_an_item_are_named_by_the_rule_and_not_by_what_the_first_one_s_chart_says():
    long = (*STEADY[:12], *(24,) * 9)
    figures = council({"sickness": JUMP, "sickness__U1": long, "sickness__U2": STEADY})
    (item,) = worth_the_rooms_time(figures, SEPTEMBER).items
    assert [one.chart.last.rule for one in item.results if one.chart and one.chart.last] == [
        Rule.OUTSIDE,
        Rule.TWO_IN_THREE,
    ]
    assert item.others == "Also concerning, each in its own way: Unit 1."


def test_a_unit_without_any_figure_is_counted_nowhere_and_a_missing_value_is():
    figures = council({"sickness": STEADY, "sickness__U1": STEADY})
    worth = worth_the_rooms_time(
        replace(figures, units={**figures.units, None: "No unit"}), SEPTEMBER
    )
    assert {one.view.scope.unit_id for one in worth.missing} == {SERVICE, "U1"}
    assert len(worth.missing) + len(worth.usual) == 2 * len(CATALOGUE)


def test_a_figure_that_an_item_names_is_no_item_of_its_own_and_its_fault_is_told_there():
    lines = {"direct_work": STEADY, "direct_work__U1": STEADY}
    figures = council(lines, aims_at(50))
    recorded = ("direct_work.recorded_hours", "U1", SEPTEMBER)
    figures = replace(figures, tallies={**figures.tallies, recorded: Tally(40, 400)})
    assert bounds_sentence(figures.result(CATALOGUE["direct_work"], View(SEPTEMBER, Scope("U1"))))
    worth = worth_the_rooms_time(figures, SEPTEMBER)
    ((rule, key, unit_ids),) = found(figures)
    assert (rule, key, unit_ids) == (WorthRule.TARGET, "direct_work", (SERVICE,))
    assert worth.items[0].others == "Also hidden by a fault in the data: Unit 1."
    assert worth.more == ()


def telling(figures: Figures, tallies: Mapping[tuple[str, str | None, Period], Tally]) -> Figures:
    return replace(figures, tallies={**figures.tallies, **tallies})


def test_a_fault_that_hides_a_figure_is_its_rule_whatever_its_chart_says():
    figures = council({"direct_work": DROP}, aims_at(50))
    assert found(figures)[0][0] is WorthRule.CONCERN
    recorded = ("direct_work.recorded_hours", SERVICE, SEPTEMBER)
    hidden = replace(figures, tallies={**figures.tallies, recorded: Tally(40, 400)})
    (item,) = worth_the_rooms_time(hidden, SEPTEMBER).items
    assert item.rule is WorthRule.DATA_FAULT
    doubt, judged = item.sentence.index("Too little is recorded"), item.sentence.index("Concerning")
    assert doubt < judged


def test_no_unit_has_a_row_only_in_a_month_in_which_something_of_the_table_is_of_none():
    figures = council({"sickness": STEADY, "sickness__U1": STEADY})
    nothing, cases = ("caseload", None, SEPTEMBER), ("closed", None, SEPTEMBER)
    figures = telling(figures, {nothing: Tally(0, 0), cases: Tally(0, 7)})
    assert has_a_row(figures, None, SEPTEMBER, ["sickness", "closed"])
    assert not has_a_row(figures, None, SEPTEMBER, ["sickness", "caseload"])
    assert not has_a_row(figures, None, SEPTEMBER.shift(-1), ["closed"])
    assert has_a_row(figures, "U1", SEPTEMBER, ["caseload"])


def test_one_gap_that_hides_figures_of_two_metrics_is_one_item_that_names_both():
    metrics = ("direct_work", "training_time")
    figures = council({f"{key}__{unit}": STEADY for key in metrics for unit in ("U1", "U2")})
    few = Tally(40, 400)
    figures = telling(figures, {(f"{key}.recorded_hours", "U1", SEPTEMBER): few for key in metrics})
    (item,) = worth_the_rooms_time(figures, SEPTEMBER).items
    places = [(one.metric.key, one.view.scope.unit_id) for one in item.results]
    assert places == [("direct_work", "U1"), ("training_time", "U1")]
    assert item.others == "Also hidden by a fault in the data: Training time (Unit 1)."
    apart = telling(figures, {("training_time.recorded_hours", "U2", SEPTEMBER): few})
    assert [one[1:] for one in found(apart)] == [
        ("direct_work", ("U1", "U1")), ("training_time", ("U2",)),
    ]  # fmt: skip
