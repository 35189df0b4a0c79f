"""Each number of Explore against pandas over rows that plain loops counted from the raw tables."""

from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.catalogue import CATALOGUE
from metrics.explore.cutting import Asked, Narrowed
from metrics.explore.offered import BY_UNIT, cuts_of
from metrics.explore.spans import Over, span_of
from metrics.model import SERVICE, Period, Scope
from tests.draws import draws
from tests.each_metric import case_of
from tests.metrics.explore.test_cutting import found_parts
from tests.metrics.references import REFERENCES
from tests.test_every_metric import derived
from tests.worlds import FIRST, LAST, WORLDS, World

NOTHING = "nothing"
BORN = (date(2016, 2, 29), date(1998, 10, 2), None, date(2006, 9, 1), date(2016, 12, 1))
# Financial years begin with April: quarters of the months that the worlds have.
QUARTERS = {2: (1, 2, 3), 5: (4, 5, 6), 8: (7, 8, 9), 10: (10,)}


def raw(key: str, world: World) -> pd.DataFrame:
    """The reference's rows with what they may be cut by, worked out of the raw tables again."""
    counted = pd.DataFrame(REFERENCES[key](world))
    if counted.empty:
        return counted
    if "unit_id" not in counted:
        counted["unit_id"] = None
    born = {row["child_id"]: row["born_on"] for row in world.of("child")}
    if "child_id" in counted:
        counted["age"] = [
            band(years(born.get(child), month))
            for child, month in zip(counted.child_id, counted.month, strict=True)
        ]
    if "visited_on" in counted and "due_on" in counted:
        late = zip(counted.visited_on, counted.due_on, strict=True)
        counted["days_late"] = [
            None
            if pd.isna(seen)
            else max(
                [lowest for lowest in (1, 6, 11, 21) if (seen - due).days >= lowest], default=-1
            )
            for seen, due in late
        ]
        counted["attempts"] = counted.attempts.clip(upper=2)
    return counted


def years(born: date | None, day: date) -> int | None:
    if born is None:
        return None
    return len([y for y in range(born.year + 1, day.year + 1) if birthday(born, y) <= day]) - (
        born > day
    )


def birthday(born: date, year: int) -> date:
    try:
        return born.replace(year=year)
    except ValueError:
        return date(year, 3, 1)


def band(age: int | None) -> int | None:
    if age is None:
        return None
    return max([lowest for lowest in (0, 1, 5, 10, 16, 18) if lowest <= age], default=-1)


def cut_in_pandas(counted: pd.DataFrame, key: str) -> dict:
    """Numerator and denominator of each part that has any."""
    if counted.empty:
        return {}
    named = counted[key].astype(object).where(counted[key].notna(), NOTHING)
    summed = counted.assign(part=named).groupby("part")[["numerator", "denominator"]].sum()
    return {
        part: (round(float(row.numerator), 6), round(float(row.denominator), 6))
        for part, row in summed.iterrows()
        if (round(row.numerator, 6), round(row.denominator, 6)) != (0, 0)
    }


def told(found: dict) -> dict:
    """The same of what Explore says; a worker of two units in one sum, as the raw rows have it."""
    sums: dict[object, tuple[float, float]] = {}
    for (key, *_), (numerator, denominator, _) in found.items():
        name = NOTHING if key is None else key
        was = sums.get(name, (0.0, 0.0))
        sums[name] = round(was[0] + float(numerator), 6), round(was[1] + float(denominator), 6)
    return {key: pair for key, pair in sums.items() if pair != (0, 0)}


@pytest.mark.drawn
@pytest.mark.parametrize("key", [case_of(key, key) for key in REFERENCES])
def test_every_part_is_what_pandas_makes_of_the_raw_rows(shared_engine, key):
    metric = CATALOGUE[key]

    @draws(2)
    @given(WORLDS[key](), st.sampled_from([*QUARTERS]), st.data())
    def check(world, month, data):
        for number, child in enumerate(world.rows["child"]):
            child["born_on"] = BORN[(number + month) % len(BORN)]
        figures = derived(shared_engine, world, metric)
        span = span_of(Over.QUARTER, Period(2016, month), figures.latest)
        assert {one.month for one in span.months} <= {*QUARTERS[month]}
        months = [one for one in span.months if one in figures.months and FIRST <= one <= LAST]
        scope = Scope(data.draw(st.sampled_from([SERVICE, *figures.units])))
        counted = raw(key, world)
        if not months or counted.empty:
            return
        counted = counted[counted.month.isin([one.start for one in months])]
        if not scope.is_service:
            is_of_it = counted.unit_id == scope.unit_id
            counted = counted[counted.unit_id.isna() if scope.unit_id is None else is_of_it]
        for cut in cuts_of(metric):
            if cut.key not in counted or not cut.has_own_denominator:
                continue
            found, _ = found_parts(shared_engine, Asked(metric, tuple(months), scope, (), cut))
            assert told(found) == cut_in_pandas(counted, cut.key), cut.key
            parts = sorted({key for key, *_ in found} - {None}, key=str)
            if parts:
                part = data.draw(st.sampled_from(parts))
                only = Narrowed(cut, (part,))
                asked = Asked(metric, tuple(months), scope, (only,), BY_UNIT)
                by_unit, _ = found_parts(shared_engine, asked)
                assert told(by_unit) == cut_in_pandas(counted[counted[cut.key] == part], "unit_id")

    check()
