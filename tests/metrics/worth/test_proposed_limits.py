"""New limits in words, from a figure's own months; and nobody's limits move by it."""

from dataclasses import replace
from datetime import date, datetime

from metrics.catalogue import CATALOGUE
from metrics.model import SERVICE, Scope, View
from metrics.publication import Note, NoteKind
from metrics.worth.proposed_limits import proposal_words, proposed_limits
from tests.exports.made_up import SEPTEMBER
from tests.metrics.test_agenda_rules import council

SICKNESS, VIEW = CATALOGUE["sickness"], View(SEPTEMBER, Scope(SERVICE))
CHANGED = (*(12, 13, 11) * 4, *(18, 19, 20) * 4, 18, 19)


def test_the_evidence_is_told_in_words():
    found = proposed_limits(council({"sickness": CHANGED}), SICKNESS, VIEW)
    assert found is not None
    assert proposal_words(SICKNESS, found) == (
        "These limits may rest on a start that is over: from August 2015 on, 14 months in a row"
        " above the mean; the mean would be 18.9% in place of 15.7%."
    )


def test_what_came_before_is_told_as_what_is_over():
    usual = (18.5, 17.2, 19.6, 18.0, 17.5, 19.2) * 4
    found = proposed_limits(
        council({"caseload": (13, 13.5, 14, 14.5, *usual)}), CATALOGUE["caseload"], VIEW
    )
    assert found is not None
    assert "the first 4 months, before October 2014, are all below what has been usual since" in (
        proposal_words(CATALOGUE["caseload"], found)
    )


def test_a_proposal_moves_no_limits_and_is_gone_once_somebody_decides():
    figures = council({"sickness": CHANGED})
    reading = figures.charted_result(SICKNESS, VIEW).chart
    found = proposed_limits(figures, SICKNESS, VIEW)
    assert found is not None and reading is not None
    assert figures.charted_result(SICKNESS, VIEW).chart == reading and not reading.is_rebased
    note = Note(
        "1", NoteKind.NEW_LIMITS, date(2015, 8, 1), "a new duty", "A Analyst", datetime(2016, 10, 4)
    )
    decided = replace(figures, notes={("sickness", SERVICE): [note]})
    assert proposed_limits(decided, SICKNESS, VIEW) is None
