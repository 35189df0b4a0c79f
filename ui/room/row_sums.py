"""Before a long list of children: what its rows add up to, by unit, or by what they split into."""

from markupsafe import Markup

from charts.tables import table
from metrics.model import SERVICE
from metrics.result import Result
from metrics.sentence import count
from ui.metric.made_of import split_table
from ui.room.entering import Room, nothing

NO_PARTS = "Its rows are all of one kind."
Line = tuple[str, str, str, str]


def sums(room: Room, result: Result) -> Markup:
    """Of the service its units, else the parts of the unit's figure; each adds up to the whole."""
    if not result.view.scope.is_service:
        return split_table(room.page) or nothing(NO_PARTS)
    lines = [_line(of_unit) for of_unit in _of_units(room, result)]
    headings = ("Unit", *result.metric.words.of_a_table, "Figure")
    return table(headings, [*lines, _line(result)])


def _of_units(room: Room, result: Result) -> list[Result]:
    """The figures of the month's units that have one, in the units' own order."""
    units = room.figures.units_open(result.view.period)
    results = [room.results[result.metric.key, unit_id] for unit_id in units if unit_id != SERVICE]
    return [of_unit for of_unit in results if of_unit.tally]


def _line(result: Result) -> Line:
    assert result.tally is not None, "only figures that were counted have rows"
    tally = result.tally
    return result.unit_name, count(tally.numerator), count(tally.denominator), result.written
