"""Who stands in each row of an export: a pseudonym, a day, a unit, a role; never a name."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from data_access.code_sets.outcomes import DIRECT_TIME_BAND
from data_access.code_sets.workers import ROLE
from data_access.problems import Problem
from loading.columns import codes, days
from loading.columns.column_read import ColumnRead, ColumnRefused, shown, visible, with_place
from loading.names.spelling import spelled
from loading.sources.reading import WARNING, Issue
from loading.surveys.form import Form, Wave
from loading.surveys.headings import (
    ANSWERED_ON,
    BAND,
    RESPONDENT,
    UNIT,
    are_pseudonyms,
    names_somebody,
)
from loading.surveys.headings import ROLE as ROLE_HEADING
from loading.surveys.sheets import Export

# Of staff alone: a role says little of a family, and much of who it is.
_CODED = {ROLE_HEADING: ROLE, BAND: DIRECT_TIME_BAND}


@dataclass(frozen=True)
class Respondent:
    """One row of an export: where it stands, whose it is, and its answers, cell by cell.

    `answered_on` is None where no day is known, and `why_not` says why the row can't be used.
    """

    where: str
    number: int
    respondent_id: str
    unit_id: str | None
    answered_on: date | None
    role: str | None
    direct_time_band: str | None
    cells: tuple[object, ...]
    why_not: tuple[str, str] | None = None


def respondents(
    export: Export, wave: Wave, form: Form, first: int, issues: list[Issue]
) -> Iterator[Respondent]:
    """Each row of the export, numbered from `first` on in its wave; `issues` are told."""
    reading = _Columns(export, wave, form, issues)
    for place, (row, cells) in enumerate(export.rows):
        number = first + place
        day = reading.day(place)
        yield Respondent(
            f"{export.file}, row {row}",
            number,
            reading.pseudonym(place) or f"{wave.wave_id}:{number}",
            reading.units[place] or wave.unit_id,
            day,
            reading.coded[ROLE_HEADING][place],
            reading.coded[BAND][place],
            tuple(cells),
            _why_not(wave, day),
        )


def _why_not(wave: Wave, day: date | None) -> tuple[str, str] | None:
    if day is None:
        return (
            "missing_value",
            "no day on which it was answered is known; the row is left out. Write it.",
        )
    if wave.holds(day):
        return None
    until = f" to {wave.last_day}" if wave.last_day else " on"
    return "answered_outside_wave", (
        f"it was answered on {day}, and the wave ran from {wave.first_day}{until}; the row is left"
        " out. Correct the day, or the wave's days."
    )


class _Columns:
    """What is known of the respondents, column by column, for every row of the export."""

    def __init__(self, export: Export, wave: Wave, form: Form, issues: list[Issue]) -> None:
        self.export, self.wave, self.issues = export, wave, issues
        self.days = self._days()
        self.units = self._units(form)
        self.coded = {name: self._codes(name) for name in _CODED}
        cells = export.column(RESPONDENT)
        self.ids = cells if are_pseudonyms(cells) else []

    def pseudonym(self, place: int) -> str | None:
        words = visible(str(self.ids[place] or "")) if self.ids else ""
        return self.wave.pseudonym(words.casefold()) if words else None

    def day(self, place: int) -> date | None:
        """The row's own day; else the wave's first, where that is no guess."""
        own = self.days[place] if self.days else None
        return own or (None if self.wave.needs_days else self.wave.first_day)

    def _days(self) -> list[date | None]:
        cells = self.export.column(ANSWERED_ON)
        if not cells and self.wave.needs_days:
            raise Problem(
                f"{self.export.file} has no column with the day on which each family answered, and"
                " a family's answer counts in its own month: add the column, headed answered_on, or"
                " give --first-day and --last-day of one month."
            )
        try:
            read = days.read(cells, self.export.day_0)
        except ColumnRefused as refused:
            raise Problem(
                f"{self._here(ANSWERED_ON)}: {refused.remark.sentence(self._place_of)}."
            ) from None
        for remark in read.remarks:
            said = f"{self._here(ANSWERED_ON)}: {remark.sentence(self._place_of)}."
            self._tell("read_with_doubt", said)
        self._refused(ANSWERED_ON, cells, read, "it counts as not known")
        return [day if isinstance(day := read.values[cell], date) else None for cell in cells]

    def _units(self, form: Form) -> list[str | None]:
        cells = self.export.column(UNIT) or [None] * len(self.export.rows)
        if names_somebody("", cells):
            return [None] * len(cells)
        found: list[str | None] = []
        for place, cell in enumerate(cells):
            words = visible(str(cell or ""))
            found.append(form.units.get(spelled(words)))
            if words and found[-1] is None:
                said = f"{shown(cell)} is no unit of the case database, by id or name".strip()
                self._tell_of_row(place, UNIT, "unit_in_no_table", f"{said}; it counts in no unit")
        return found

    def _codes(self, name: str) -> list[str | None]:
        cells = self.export.column(name)
        if not cells or not self.wave.is_of_staff or names_somebody("", cells):
            return [None] * len(self.export.rows)
        read = codes.reader(_CODED[name])(dict.fromkeys(cells))
        self._refused(name, cells, read, "it is left empty")
        return [code if isinstance(code := read.values[cell], str) else None for cell in cells]

    def _refused(self, name: str, cells: list[object], read: ColumnRead, ending: str) -> None:
        for place, cell in enumerate(cells):
            if cell in read.refused:
                self._tell_of_row(place, name, read.rule, f"{read.fault(cell)}; {ending}")

    def _tell_of_row(self, place: int, name: str, rule: str, fault: str) -> None:
        row, _ = self.export.rows[place]
        heading = self.export.headings[self.export.names.index(name)]
        self._tell(rule, f"{self.export.file}, row {row}, column '{heading}': {fault}. Correct it.")

    def _tell(self, rule: str, message: str) -> None:
        self.issues.append(Issue(rule, "survey_respondent", self.wave.wave_id, WARNING, message))

    def _here(self, name: str) -> str:
        return f"{self.export.file}, column '{self.export.headings[self.export.names.index(name)]}'"

    def _place_of(self, cell: object) -> str:
        place = self.export.column(ANSWERED_ON).index(cell)
        return with_place(shown(cell), f"row {self.export.rows[place][0]}")
