"""Which families a part of the page lists, read for the viewer, and found by what is told."""

import json
from dataclasses import replace
from typing import Any

from sqlalchemy import Row, Select

from data_access.guard.asked import Asked
from data_access.guard.listed import Listed
from data_access.guard.open_rows import Restricted
from data_access.viewer import bear_witness, read_records, read_sums
from metrics.segments.judging import Outcome
from metrics.segments.listed import (
    BY_PROPOSAL,
    OF_A_FAMILY,
    TOLD,
    held_elsewhere,
    other_children,
    proposals,
    proposed_for,
    queue,
    tellings,
    with_words,
)
from metrics.segments.words import NO_UNIT, NOT_YET, factors_told, why
from ui.lists import ROWS_SHOWN
from ui.segments.opening import ELSEWHERE, HERE, PROPOSALS, QUEUE, Segmented

# What can be found by words, besides a name or a number.
FOUND_BY = "a unit that holds it or is proposed, what was found, why"


def families(on: Segmented, part: str, asked: Asked) -> Listed[Row]:
    """The part's rows that are open to the viewer: every child of each family is written down."""
    page = on.page
    query, order = _query(on, part)
    if part == PROPOSALS and asked.by is None:
        asked = replace(asked, by="authorised_on", descending=True)
    if asked.words:
        query, asked = _told(on, part, query), replace(asked, among=(*asked.among, TOLD))
    with page.witnessed_together():
        rows = read_records(page.engine, query, page.viewer, order, ROWS_SHOWN, asked=asked)
        bear_witness(page.viewer, list(other_children(rows)))
    return rows


def _query(on: Segmented, part: str) -> tuple[Select, tuple[str, ...]]:
    scope, day = on.page.address.view.scope, on.day
    if part == HERE:
        assert on.here is not None, "else the page has no such list"
        return proposed_for(day, on.here.unit_id), OF_A_FAMILY
    return {
        QUEUE: (queue(day, scope), OF_A_FAMILY),
        PROPOSALS: (proposals(day, scope), BY_PROPOSAL),
        ELSEWHERE: (held_elsewhere(day, scope, on.ruled), OF_A_FAMILY),
    }[part]


def _told(on: Segmented, part: str, query: Select) -> Select:
    """The rows with what the part says of each beside names and units, so that it is found."""
    page = on.page
    each = read_sums(page.engine, query, page.viewer, tellings, restricted=Restricted.LEFT_OUT)
    return with_words(query, {tuple(row): _words(on, part, row) for row in each})


def _words(on: Segmented, part: str, row: Any) -> str:
    if part == QUEUE:
        return factors_told(json.loads(row.factors), on.rules)
    return f"{proposal_words(on, row)} {why(row, on.rules, on.units)}"


def proposal_words(on: Segmented, row: Any) -> str:
    """What the rules say, in two words; of a unit to which nobody can go, that too."""
    if row.outcome == Outcome.FITS:
        return on.proposed(row.proposed_unit)
    return NO_UNIT if row.outcome == Outcome.NO_FIT else NOT_YET
