"""The lists of families: who fits no unit, what is proposed, who is held elsewhere."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

from markupsafe import Markup
from sqlalchemy import Row

from charts.tables import link, table
from data_access.guard.asked import Asked
from data_access.guard.listed import Listed
from data_access.meeting_store.placements import family_key, placements_noted
from data_access.viewer import bear_witness, read_records
from metrics.segments.judging import Outcome
from metrics.segments.listed import BY_PROPOSAL, OF_A_FAMILY, held_elsewhere, proposals, queue
from metrics.segments.words import ages_told, factors_told, why
from ui.codes import children
from ui.listing.asked_for import Lists, nothing_found
from ui.lists import NAME_HIDDEN, ROWS_SHOWN, SEARCHED, no_rows
from ui.segments.opening import ELSEWHERE, PROPOSALS, QUEUE, Segmented

# The columns of each list, each with what it is ordered by; families are told by their first child.
FAMILY = {"Family of": "child_name", "Ages": None}
HELD = {"Held by": "unit_name", "since": "held_since"}
LISTED: dict[str, dict[str, str | None]] = {
    QUEUE: {
        **FAMILY,
        "Days since authorised or re-referred": "waiting_since",
        "What assessments found": None,
        "Why no unit": "state",
        **HELD,
        "Who decides": None,
    },
    PROPOSALS: {
        **FAMILY,
        "Authorised": "authorised_on",
        "Proposed": "proposed_unit",
        "Why": None,
        **HELD,
    },
    ELSEWHERE: {
        **FAMILY,
        **HELD,
        "The rules say": "proposed_unit",
        "Why": None,
        "Noted": None,
    },
}
NOT_SAID = "not said in segments.toml"
SAYS = {
    QUEUE: "Families who are assessed and fit no rule: who has waited longest comes first, and"
    " nobody is ranked by need. What is missing is a record to check, and no advice to record it.",
    PROPOSALS: "Every open family, whose assessment was authorised last first. Factors are as"
    " recorded.",
    ELSEWHERE: "Families whose unit is not the one that the rules say, and families of a unit with"
    " a rule that they don’t fit. There are good reasons to hold a family elsewhere: note them.",
}


def lists_of(on: Segmented, part: str) -> Lists:
    """The list of a part, to be put in order by its headings."""
    columns = [column for column in LISTED.get(part, {}).values() if column]
    return Lists(on.page, columns, {"list": part, **on.page.address.unit}, "#families")


def families(on: Segmented, part: str, asked: Asked) -> Listed[Row]:
    """The part's rows that are open to the viewer: every child of each family is written down."""
    page, scope = on.page, on.page.address.view.scope
    query, order = {
        QUEUE: lambda: (queue(on.day, scope), OF_A_FAMILY),
        PROPOSALS: lambda: (proposals(on.day, scope), BY_PROPOSAL),
        ELSEWHERE: lambda: (held_elsewhere(on.day, scope, on.ruled), OF_A_FAMILY),
    }[part]()
    if part == PROPOSALS and asked.by is None:
        asked = replace(asked, by="authorised_on", descending=True)
    with page.witnessed_together():
        rows = read_records(page.engine, query, page.viewer, order, ROWS_SHOWN, asked=asked)
        bear_witness(page.viewer, list(_siblings(rows)))
    return rows


def _siblings(rows: Sequence[Row]) -> Iterator[SimpleNamespace]:
    """The other children of these families, whose factors and ages are told as well."""
    for row in rows:
        for child_id in json.loads(row.child_ids):
            if child_id != row.child_id:
                yield SimpleNamespace(child_id=child_id)


def families_section(on: Segmented, part: str, rows: Listed[Row], asked: Asked) -> Markup:
    """The list, with what it is of."""
    if not rows:
        body = nothing_found(asked) if asked.words else no_rows(on.page)
    else:
        lists = lists_of(on, part)
        headings = [lists.heading(words, by, asked) for words, by in LISTED[part].items()]
        cells = _cells(on, part)
        body = table(headings, [cells(row) for row in rows]) + _more(rows)
    return Markup('<section id="families"><p class="cs-note">{}</p>{}</section>').format(
        SAYS[part], body
    )


def _more(rows: Listed[Row]) -> Markup:
    more = Markup("<p>The first {} are shown: choose a unit, or find some by words.</p>")
    return more.format(ROWS_SHOWN) if rows.has_more else Markup("")


def _cells(on: Segmented, part: str) -> Callable[[Any], tuple[object, ...]]:
    """How the part tells a row."""
    return {
        QUEUE: lambda row: (
            *_family(on, row),
            row.waiting_days,
            factors_told(json.loads(row.factors), on.rules),
            row.state,
            *_held(row),
            who_decides(on, row),
        ),
        PROPOSALS: lambda row: (
            *_family(on, row),
            row.authorised_on,
            unbroken(proposal_words(on, row)),
            why(row, on.rules, on.units),
            *_held(row),
        ),
        ELSEWHERE: _elsewhere(on),
    }[part]


def _elsewhere(on: Segmented) -> Callable[[Any], tuple[object, ...]]:
    store = on.page.published.store
    noted = placements_noted(store) if store is not None else {}

    def cells(row: Any) -> tuple[object, ...]:
        said = noted.get(family_key(row.family_id, row.child_id))
        words = f"{said.reason} ({said.by}, {said.at:%-d %B %Y})" if said else None
        of_rules = (unbroken(proposal_words(on, row)), why(row, on.rules, on.units))
        return (*_family(on, row), *_held(row), *of_rules, words)

    return cells


def _family(on: Segmented, row: Any) -> tuple[object, ...]:
    code = children(on.page).code_of(row.child_id)
    where = on.page.address.link("child", list=SEARCHED, child=code)
    return link(where, row.child_name or NAME_HIDDEN), ages_told(row.ages)


def _held(row: Any) -> tuple[object, ...]:
    return unbroken(row.unit_name or "no unit"), row.held_since


def who_decides(on: Segmented, row: Any) -> str:
    """Who is to say where the family goes, as the council has put it into the file of rules."""
    segments = on.page.live.settings.segments
    return segments.who_decides(row.unit_id, row.unit_kind) or NOT_SAID


def proposal_words(on: Segmented, row: Any) -> str:
    """What the rules say, in two words; of a unit to which nobody can go, that too."""
    if row.outcome == Outcome.FITS:
        return on.proposed(row.proposed_unit)
    return "no unit" if row.outcome == Outcome.NO_FIT else "not assessed yet"


def unbroken(told: str) -> str:
    """A unit's name on one line; what is said of it behind a comma may have more."""
    name, comma, more = told.partition(", ")
    return name.replace(" ", "\u00a0") + comma + more
