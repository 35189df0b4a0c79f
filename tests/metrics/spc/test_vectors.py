"""Charts that others published, as they published them; the sources stand in the files.

Not reached: the files' cases whose input data are not with them (accident and emergency
attendances), and limits from the median moving range, which this product does not draw. None of
the files' series repeats enough for the package's screening to differ (docs/statistics.md).
"""

import json
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from metrics.model import Period, Polarity, Tally
from metrics.spc.chart_reading import Assurance, Footing, Rule
from metrics.spc.charting import ChartRequest, Run, xmr_reading
from metrics.spc.limits import (
    PLOT_THE_DOTS,
    Options,
    Phase,
    assurance,
    mean_moving_range,
    moving_ranges,
    without_limits,
    xmr,
)
from metrics.spc.proportions import wilson
from metrics.spc.rules import point_findings, shifts, trends, two_in_three
from tests.left_out import BESIDE, needs

FOLDER = BESIDE / "vectors" / "spc"
pytestmark = needs(FOLDER)

UP, DOWN, NEITHER = Polarity.HIGHER_IS_BETTER, Polarity.LOWER_IS_BETTER, Polarity.NEITHER
FEW = Options(fewest_points=2)


def cases(name: str) -> Any:
    file = FOLDER / name
    return json.loads(file.read_text()) if file.exists() else {}


def rows(name: str) -> list[dict[str, str]]:
    file = FOLDER / name
    if not file.exists():
        return []
    head, *lines = file.read_text().split()
    return [dict(zip(head.split(","), line.split(","), strict=True)) for line in lines]


def named(name: str) -> list:
    """The file's cases that have data and limits of the kind drawn here."""
    return [
        pytest.param(one, id=one["name"])
        for one in cases(name)
        if "values" in one and "median_mr" not in one.get("published", {})
    ]


BETTER = {"SCHI": UP, "SCLD": UP, "SCLI": DOWN, "SCHD": DOWN, "SCHC": NEITHER, "SCLC": NEITHER}
RULES = {"Trend": "trend", "Shift": "shift", "2of3": "two_in_three", "Astro": "outside"}


@pytest.mark.parametrize(
    "series",
    [
        pytest.param(one, id=one["series"])
        for one in cases("mdc_golden_last_point.json").get("series", ())
    ],
)
def test_the_last_point_is_what_nhs_england_s_tool_makes_of_it(series):
    code = series["variation_code"].split()[1]
    run = Run([Period.parse(day[:7]) for day in series["months"]], np.array(series["values"]))
    asked = ChartRequest(BETTER.get(code, UP), options=Options(run_length=6))
    reading = xmr_reading(run, asked)
    expected = cases("mdc_golden_last_point.json")["codes"][series["variation_code"]]
    kind, _, side = expected.replace("common cause", "common_cause").rpartition(" ")
    kind = kind.replace("neutral (change)", "neutral")
    assert reading.variation == (f"{kind}_{side}" if kind else side)
    assert reading.last is not None
    rule = reading.last.rule.value if reading.last.rule else None
    assert rule == RULES.get(series["rule"].split()[1])


@pytest.mark.parametrize("case", named("nhsrplotthedots_limits_snapshots.json"))
def test_limits_are_those_of_plot_the_dots(case):
    phase = limited(case)
    found = {"mean": phase.mean, "lpl": phase.lower[0], "upl": phase.upper[0]}
    assert found == pytest.approx(case["expected"], abs=case["tol"])


@pytest.mark.parametrize("case", named("nhsrplotthedots_docs_vignettes.json"))
def test_charts_of_its_documentation(case):
    phase = limited(case)
    found = {"mean": phase.mean, "lpl": phase.lower[0], "upl": phase.upper[0]}
    assert found == pytest.approx(case["expected"], abs=case["tol"])
    marked = [at for at, one in enumerate(point_findings(phase, PLOT_THE_DOTS)) if one.rule]
    assert marked == [4]


def limited(case: dict) -> Phase:
    options = replace(PLOT_THE_DOTS, screens_outliers=case["screen_outliers"])
    return xmr(np.array(case["values"], dtype=float), options)


def test_assurance_is_that_of_plot_the_dots():
    names = {"consistent_pass": Assurance.PASS, "consistent_fail": Assurance.FAIL}
    names["inconsistent"] = Assurance.HIT_OR_MISS
    *single, rebased = cases("nhsrplotthedots_assurance.json")
    for case in single:
        phase = replace(
            without_limits(np.zeros(1), Footing.LIMITS), usual=(case["lpl"], case["upl"])
        )
        for key, better in (("increase", UP), ("decrease", DOWN), ("neutral", NEITHER)):
            assert assurance(phase, case["target"], better) is names.get(case[key])
        assert assurance(phase, None, UP) is None
    for case in rebased["rebased"]:
        low, high = case["lpl_upl"][-1]
        phase = replace(without_limits(np.zeros(1), Footing.LIMITS), usual=(low, high))
        assert assurance(phase, case["target"], DOWN) is names[case["decrease"]]


def test_the_rules_one_by_one():
    """The files give runs at the point where they are complete; all of a run's points follow."""
    given = cases("nhsrplotthedots_rule_functions.json")
    for case in given["seven_point_one_side_mean"]:
        held = shifts(case["sign"], [1.0] * len(case["sign"]), 7)
        assert completes(held, 7) == case["expected"]
    for case in given["part_of_seven"]:
        place = next((at for at, one in enumerate(case["input"]) if one), None)
        sign = [
            1 if place is not None and place - 7 < at <= place else 0
            for at in range(len(case["input"]))
        ]
        assert shifts(sign, [1.0] * len(sign), 7) == case["expected"]
    for case in given["seven_point_trend"]:
        held = trends(case["values"], 7)
        signed = [flag * (held[at] or 1) for at, flag in enumerate(completes(held, 7))]
        assert signed == case["expected"]
    for case in given["two_in_three_points"]:
        zone = [
            side * (1 + near)
            for side, near in zip(case["relative_to_mean"], case["close_to_limits"], strict=True)
        ]
        assert [abs(one) for one in two_in_three(zone, True)] == case["expected"]
    for case in given["two_in_three_window"]:
        zone = [
            side * (1 + near)
            for side, near in zip(case["relative_to_mean"], case["close_to_limits"], strict=True)
        ]
        expected = [
            flag * near
            for flag, near in zip(case["expected"], case["close_to_limits"], strict=True)
        ]
        assert [abs(one) for one in two_in_three(zone, True)] == expected


def completes(held: list[int], run_length: int) -> list[int]:
    """1 where a run has reached its length."""
    return [
        int(
            at >= run_length - 1
            and bool(held[at])
            and len(set(held[at - run_length + 1 : at + 1])) == 1
        )
        for at in range(len(held))
    ]


def test_two_extremes_on_opposite_sides_are_no_signal():
    case = cases("nhsrplotthedots_rule_functions.json")["opposite_sides"]
    found = point_findings(xmr(np.array(case["values"], dtype=float), FEW), FEW)
    assert [one.rule for one in found[-2:]] == [None, None]
    assert case["expected_last_two"] == ["common_cause", "common_cause"]


def test_the_order_of_rules_is_the_published_one():
    said = cases("nhsrplotthedots_rule_functions.json")["precedence"]["note"]
    words = ("outside limits", "7 point trend", "2 in 3", "7 points one side")
    assert sorted(words, key=said.index) == list(words)
    assert list(Rule) == [Rule.OUTSIDE, Rule.TREND, Rule.TWO_IN_THREE, Rule.SHIFT]


def test_nist_s_flow_rates():
    """NIST divides by 1.128 where 2.66 is used here: the limits agree to the rounding of it."""
    case = cases("nist_imr_flowrate.json")
    values, published = np.array(case["values"]), case["published"]
    phase = xmr(values, FEW)
    amr = mean_moving_range(values)
    assert (phase.mean, amr) == pytest.approx(
        (published["mean"], published["mr_bar"]), abs=case["tol"]
    )
    assert phase.mean is not None
    assert phase.mean + 3 / 1.128 * amr == pytest.approx(published["ucl"], abs=2 * case["tol"])
    assert (phase.lower[0], phase.upper[0]) == pytest.approx((45.8151, 55.8049), abs=case["tol"])
    assert not [one for one in point_findings(phase, FEW) if one.rule]


@pytest.mark.parametrize("case", named("wheeler_xmr.json"))
def test_wheeler_s_charts(case):
    published = case["published"]
    values = np.array(case["values"], dtype=float)
    phase = xmr(values, replace(FEW, run_length=8))
    # Where the book rounded its averages first, the file gives the limits unrounded.
    wanted = {**published, **case.get("unrounded_in_package_test", {})}
    found = {
        "mean": phase.mean,
        "mr_bar": mean_moving_range(values),
        "lnpl": phase.lower[0],
        "unpl": phase.upper[0],
        "upper_limit": phase.upper[0],
    }
    for key in found.keys() & wanted.keys():
        assert found[key] == pytest.approx(wanted[key], abs=case.get("tol", 0.07)), key
    if "moving_ranges" in case:
        assert moving_ranges(values).tolist() == case["moving_ranges"][1:]
    if "points_beyond" in wanted:
        assert np.flatnonzero(np.abs(phase.zone) == 3).tolist() == wanted["points_beyond"]
        beyond = moving_ranges(values) > 3.268 * mean_moving_range(values)
        assert (np.flatnonzero(beyond) + 1).tolist() == wanted["mr_point_beyond"]
    if "run_of_8_flags" in wanted:
        marked = [
            int(one.rule is Rule.SHIFT) for one in point_findings(phase, replace(FEW, run_length=8))
        ]
        assert marked == wanted["run_of_8_flags"]


def test_newcombe_s_intervals():
    for row in rows("newcombe1998_single_proportion.csv"):
        if row["method"] == "wilson":
            found = wilson(Tally(float(row["x"]), float(row["n"])))
            assert found is not None
            low, high = float(row["low"]), float(row["high"])
            assert (found.low, found.high) == pytest.approx((low, high), abs=6e-5)


def test_r_s_intervals():
    for row in rows("scipy_wilson_from_R_prop_test.csv"):
        if (row["alternative"], row["continuity_correction"]) == ("two-sided", "False"):
            tally = Tally(float(row["k"]), float(row["n"]))
            found = wilson(tally, float(row["confidence"]))
            assert found is not None
            low, high = float(row["low"]), float(row["high"])
            assert (found.low, found.high) == pytest.approx((low, high), abs=1e-6)
    for row in rows("statsmodels_wilson_from_R_binom.csv"):
        found = wilson(Tally(float(row["count"]), float(row["nobs"])))
        assert found is not None
        low, high = float(row["wilson_low"]), float(row["wilson_high"])
        assert (found.low, found.high) == pytest.approx((low, high), abs=1e-6)
