"""Notes beside months and new limits: who wrote them, what they change, and what they can't."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from data_access.meeting_store import tables
from data_access.meeting_store.transactions import read
from data_access.problems import Problem
from exports.excel.workbook import write_slides
from meeting.figure_notes import notes_of, with_notes, withdraw, write_note
from meeting.published.content import content_of
from meeting.published.frozen import as_the_meeting_sees, frozen_figures, overlaid
from metrics.catalogue import CATALOGUE
from metrics.figures import Figures, read_figures
from metrics.model import SERVICE, Scope, Tally, View
from metrics.publication import NoteKind
from metrics.stored.people import people_key
from tests.exports.made_up import LOAD, SEPTEMBER, UNITS, settings
from tests.exports.opened import Opened
from tests.meeting.published.test_publishing import go, small
from tests.worlds import SETTINGS

SICKNESS = CATALOGUE["sickness"]
VIEW = View(SEPTEMBER)
JANUARY = View(SEPTEMBER.shift(-8))
LINE = [*(3 + at % 2 for at in range(14)), *(9 + at % 2 for at in range(16))]
ON_SICKNESS = (SICKNESS.key, SERVICE)


@pytest.fixture
def changed() -> Figures:
    """Sickness of 3 to 4 in a hundred days, and of 9 to 10 for the last sixteen months."""
    load = replace(LOAD, data_to=date(2016, 12, 31))
    tallies: dict = {
        (SICKNESS.key, SERVICE, SEPTEMBER.shift(at - len(LINE) + 1)): Tally(one, 100)
        for at, one in enumerate(LINE)
    }
    return Figures(load, settings(), tallies, {**UNITS, SERVICE: "Service"})


JUNE_2015 = SEPTEMBER.shift(-15)


def begins(store, month=JUNE_2015, words="Agency workers are counted since then"):
    write_note(store, NoteKind.NEW_LIMITS, SICKNESS, View(month), words, "Ann")


def test_what_is_written_stands_with_who_wrote_it(file_store):
    write_note(file_store, NoteKind.WORDS, SICKNESS, JANUARY, " Flu in two units ", "Ann")
    (note,) = notes_of(file_store)[ON_SICKNESS]
    assert (note.kind, note.words, note.by) == (NoteKind.WORDS, "Flu in two units", "Ann")
    assert note.month == JANUARY.period.start
    (event,) = read(file_store, select(tables.event.c.by, tables.event.c.what))
    assert event == ("Ann", "annotated")


@pytest.mark.parametrize("kind", [NoteKind.WORDS, NoteKind.NEW_LIMITS])
def test_a_note_needs_words_and_a_name(file_store, kind):
    for words, by in (("  ", "Ann"), ("New rules", " ")):
        with pytest.raises(Problem):
            write_note(file_store, kind, SICKNESS, VIEW, words, by)
    assert notes_of(file_store) == {}


def test_new_limits_change_the_chart_and_not_the_figure(file_store, changed):
    begins(file_store)
    noted = with_notes(changed, file_store)
    before_it, after = (one.reading(SICKNESS, VIEW) for one in (changed, noted))
    assert [len(phase) for phase in before_it.phases] == [30]
    assert [len(phase) for phase in after.phases] == [14, 16]
    assert [one.value for one in before_it.points] == [one.value for one in after.points]


def test_a_note_changes_no_limits(file_store, changed):
    write_note(file_store, NoteKind.WORDS, SICKNESS, JANUARY, "Flu", "Ann")
    noted = with_notes(changed, file_store)
    assert noted.reading(SICKNESS, VIEW) == changed.reading(SICKNESS, VIEW)
    assert [one.words for one in noted.notes_on(SICKNESS, VIEW)] == ["Flu"]


def test_limits_begin_anew_only_where_it_was_said(file_store, changed):
    begins(file_store)
    noted = with_notes(changed, file_store)
    assert not noted.notes_on(SICKNESS, View(SEPTEMBER, Scope("U1")))
    assert not noted.notes_on(CATALOGUE["caseload"], VIEW)
    assert not noted.notes_on(SICKNESS, View(SEPTEMBER.shift(-20)))


def test_new_limits_that_are_withdrawn_hold_no_more(file_store, changed):
    begins(file_store)
    (note,) = notes_of(file_store)[ON_SICKNESS]
    withdraw(file_store, note, "Bob")
    assert with_notes(changed, file_store).reading(SICKNESS, VIEW) == changed.reading(
        SICKNESS, VIEW
    )
    with pytest.raises(Problem, match="withdrawn already"):
        withdraw(file_store, note, "Bob")


def test_slides_for_the_service_tell_them_and_others_see_only_that_limits_begin(
    file_store, changed
):
    begins(file_store, words="Because of Wanda")
    write_note(file_store, NoteKind.WORDS, SICKNESS, JANUARY, "Wanda was away", "Ann Analyst")
    # Ten times as many days, of as many people: no month is small, so others see the chart too.
    large = {at: Tally(10 * one.numerator, 1000) for at, one in changed.tallies.items()}
    large |= {(people_key(key), *rest): one for (key, *rest), one in large.items()}
    noted = with_notes(replace(changed, tallies=large), file_store)
    inside, outside = (
        text(Opened(write_slides(noted, SEPTEMBER, [], audience)))
        for audience in ("service", "public")
    )
    assert "New limits, June 2015: Because of Wanda (Ann)." in inside
    assert "note: Wanda was away (Ann Analyst)" in inside
    assert "new limits" in outside
    assert "Wanda" not in outside
    assert "Ann Analyst" not in outside
    assert "(Ann)" not in outside


def text(pack: Opened) -> str:
    return " ".join(
        str(cell.value) for sheet in pack.book for row in sheet.iter_rows() for cell in row
    )


def test_a_published_month_keeps_its_chart_whatever_is_said_later(case_of, file_store):
    case = case_of(small())
    live = read_figures(case, SETTINGS)
    as_said = live.compared_result(SICKNESS, VIEW).chart
    done = go(case, file_store)
    begins(file_store, SEPTEMBER.shift(-3))
    shown = overlaid(with_notes(live, file_store), [frozen_figures(file_store, done)])
    assert shown.compared_result(SICKNESS, VIEW).chart == as_said
    assert not shown.notes_on(SICKNESS, VIEW)
    assert with_notes(live, file_store).reading(SICKNESS, VIEW).is_rebased


def test_a_later_month_goes_on_from_what_the_room_saw(case_of, file_store):
    """August was published before later records: September's chart shows it as it was then."""
    case = case_of(small())
    go(case, file_store, SEPTEMBER.shift(-1))
    live = read_figures(case, SETTINGS)
    place = (SICKNESS.key, SERVICE, SEPTEMBER.shift(-1))
    moved = replace(live, tallies={**live.tallies, place: Tally(50, 100)})
    seen = as_the_meeting_sees(moved, file_store, SEPTEMBER).reading(SICKNESS, VIEW)
    assert seen.points[-2].value == live.reading(SICKNESS, VIEW).points[-2].value
    assert moved.reading(SICKNESS, VIEW).points[-2].value == 50


def test_published_twice_from_one_load_the_charts_are_identical(case_of, file_store):
    case = case_of(small())
    figures = as_the_meeting_sees(read_figures(case, SETTINGS), file_store, SEPTEMBER)
    assert (
        content_of(case, figures, SEPTEMBER).digest == content_of(case, figures, SEPTEMBER).digest
    )
    go(case, file_store)
    with pytest.raises(Problem, match="Nothing of September 2016 has changed"):
        go(case, file_store, reason="again")
