"""What schools, early help and services say of the child: facts first, then every row."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from markupsafe import Markup
from sqlalchemy import Row

from charts.tables import folded, table
from data_access.code_sets.support import EXCLUSION_KIND, SEN_PROVISION, SUPPORT_END
from data_access.schema import (
    early_help,
    education_period,
    enrolment,
    exclusion,
    intervention,
)
from data_access.viewer import read_records
from metrics.lists.opened import Opened
from metrics.others.of_child import PARTS, told_by
from metrics.others.told import NOT_KNOWN, Fact, OfOthers, called_school, facts_of, meaning
from ui.education.held import held_in
from ui.session import Page

TITLE = "School, early help and services"
NO_END = "not recorded"
Cells = Mapping[str, Callable[[Any], object]]


def _or_unknown(name: str) -> Callable[[Any], object]:
    return lambda row: NOT_KNOWN if getattr(row, name) is None else getattr(row, name)


def _whose(row: Any) -> str:
    return "family" if row.of_family else "child"


_SPELL: Cells = {
    "From": lambda row: row.started_on,
    "Until": lambda row: row.ended_on or NO_END,
    "How it ended": lambda row: meaning(SUPPORT_END, row.end_reason) if row.ended_on else NO_END,
    "For": _whose,
}
TABLES: Mapping[str, tuple[str, Cells]] = {
    enrolment.name: (
        "Schools",
        {
            "From": lambda row: row.started_on,
            "Until": lambda row: row.ended_on,
            "School": called_school,
            "Special needs": lambda row: meaning(SEN_PROVISION, row.sen),
        },
    ),
    education_period.name: (
        "Attendance",
        {
            "From": lambda row: row.started_on,
            "Until": lambda row: row.ended_on,
            "Sessions": lambda row: row.possible,
            "Attended": lambda row: row.attended,
            "With leave": _or_unknown("authorised"),
            "Without leave": _or_unknown("unauthorised"),
        },
    ),
    exclusion.name: (
        "Exclusions",
        {
            "From": lambda row: row.started_on,
            "Kind": lambda row: meaning(EXCLUSION_KIND, row.kind),
            "Days": _or_unknown("days"),
        },
    ),
    early_help.name: (
        "Early help",
        {"Kind": _or_unknown("kind"), "Led by": _or_unknown("led_by"), **_SPELL},
    ),
    intervention.name: (
        "Services",
        {"Service": lambda row: row.name, "Given by": _or_unknown("provider"), **_SPELL},
    ),
}


def told_by_others(page: Page, child: Row) -> Markup:
    """The section of a child whose record is open to the viewer: read as the rest of it is."""
    held = held_in(page)
    opened = Opened((child.child_id,), child.unit_id)
    rows = _rows(page, [name for name in PARTS if name in held], opened)
    facts = facts_of(OfOthers(rows, held, page.live.load.as_at))
    return Markup(
        '<section class="cs-card cs-others" aria-label="{}"><h2>{}</h2>'
        '<ul class="cs-card-lines">{}</ul>{}</section>'
    ).format(TITLE, TITLE, Markup("").join(map(_line, facts)), _tables(rows))


def _rows(page: Page, tables: Sequence[str], opened: Opened) -> Mapping[str, Sequence[Row]]:
    """By table the child's rows, the first to begin first."""
    rows: dict[str, list[Row]] = {name: [] for name in tables}
    if tables:
        query = told_by(tables, opened, page.basis)
        for row in read_records(page.engine, query, page.viewer, ("started_on",)):
            rows[row.part].append(row)
    return rows


def _line(fact: Fact) -> Markup:
    missing = Markup(' class="cs-quiet"') if fact.is_missing else ""
    return Markup("<li{}><b>{}</b><span>{} <small>{}</small></span></li>").format(
        missing, fact.topic, f"{fact.says[:1].upper()}{fact.says[1:]}", fact.source
    )


def _tables(rows: Mapping[str, Sequence[Row]]) -> Markup:
    """Every row, the latest first; nothing of a table in which the child has none."""
    return Markup("").join(
        folded(
            f"{heading}: {len(rows[name])}",
            table(
                list(cells),
                [[cell(row) for cell in cells.values()] for row in reversed(rows[name])],
            ),
        )
        for name, (heading, cells) in TABLES.items()
        if rows.get(name)
    )
