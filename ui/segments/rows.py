"""The lists of families: who fits no unit, what is proposed, who is held elsewhere."""

import json
from collections.abc import Callable
from typing import Any

from markupsafe import Markup
from sqlalchemy import Row

from charts.tables import link, stacked
from data_access.guard.asked import Asked
from data_access.guard.listed import Listed
from data_access.meeting_store.placements import family_key, placements_noted
from data_access.words.agreeing import agreeing
from metrics.segments.words import ages_told, factors_told, why
from metrics.writing import count, several
from ui.codes import children
from ui.listing.asked_for import Lists, nothing_found
from ui.lists import NAME_HIDDEN, NONE_OPEN, ROWS_SHOWN, SEARCHED, no_rows
from ui.segments.opening import ELSEWHERE, HERE, PROPOSALS, QUEUE, Segmented
from ui.segments.proposed_here import PLACE
from ui.segments.reading import proposal_words

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
    HERE: {**FAMILY, **HELD, "Why": None, "Noted": None},
}
NOT_SAID = "not said in segments.toml"
SAYS = {
    QUEUE: "Families who are assessed and fit no rule: who has waited longest comes first, and"
    " nobody is ranked by need. What is missing is a record to check, and no advice to record it.",
    PROPOSALS: "Every open family, whose assessment was authorised last first. Factors are as"
    " recorded.",
    ELSEWHERE: "Families whose unit is not the one that the rules say, and families of a unit with"
    " a rule that they don’t fit. There are good reasons to hold a family elsewhere: note them.",
    HERE: "Families of other units, or of none, who fit this unit’s rule. There are good reasons"
    " to hold a family elsewhere: note them.",
}
HEADED = {
    ELSEWHERE: "Held by {}; the rules say another unit, or none",
    HERE: "Proposed for {}; held elsewhere",
}


def lists_of(on: Segmented, part: str) -> Lists:
    """The list of a part, to be put in order by its headings."""
    columns = [column for column in LISTED.get(part, {}).values() if column]
    place = ELSEWHERE if part == HERE else part
    return Lists(on.page, columns, {"list": place, **on.page.address.unit}, f"#{_place(part)}")


def _place(part: str) -> str:
    return PLACE if part == HERE else "families"


def families_section(on: Segmented, part: str, rows: Listed[Row], asked: Asked) -> Markup:
    """The list, with what it is of."""
    if not rows:
        body = nothing_found(asked) if asked.words else _none(on, part)
    else:
        lists = lists_of(on, part)
        headings = [lists.heading(words, by, asked) for words, by in LISTED[part].items()]
        cells = _cells(on, part)
        body = _found(on, part, rows, asked) + stacked(headings, [cells(row) for row in rows])
        body += _more(rows)
    return Markup('<section id="{}">{}<p class="cs-note">{}</p>{}</section>').format(
        _place(part), _head(on, part), SAYS[part], body
    )


def _head(on: Segmented, part: str) -> Markup:
    """Under one unit the two ways of being held elsewhere are two lists."""
    if on.here is None or part not in HEADED:
        return Markup("")
    number = count(on.number_of(part))
    return Markup('<h2>{} <small class="cs-quiet">{}{}</small></h2>').format(
        HEADED[part].format(on.here.name),
        number,
        f"; {on.here.closed_words}" if part == HERE and on.here.closed_words else "",
    )


def _none(on: Segmented, part: str) -> Markup:
    if part == HERE and on.here and on.here.closed != 0:
        return Markup("<p>{}</p>").format(NONE_OPEN)
    return no_rows(on.page)


def _found(on: Segmented, part: str, rows: Listed[Row], asked: Asked) -> Markup:
    """Of how many these are those with the words: the numbers above are of all."""
    if not asked.words:
        return Markup("")
    number = f"More than {count(ROWS_SHOWN)}" if rows.has_more else count(len(rows))
    has = agreeing(len(rows), "has", "have")
    every = several(on.number_of(part), "family", "families")
    said = '<p role="status">{} of {} {} “{}”; the numbers above are of all.</p>'
    return Markup(said).format(number, every, has, asked.words)


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
        ELSEWHERE: _elsewhere(on, part),
        HERE: _elsewhere(on, part),
    }[part]


def _elsewhere(on: Segmented, part: str) -> Callable[[Any], tuple[object, ...]]:
    store = on.page.published.store
    noted = placements_noted(store) if store is not None else {}

    def cells(row: Any) -> tuple[object, ...]:
        said = noted.get(family_key(row.family_id, row.child_id))
        words = f"{said.reason} ({said.by}, {said.at:%-d %B %Y})" if said else None
        of_rules = () if part == HERE else (unbroken(proposal_words(on, row)),)
        because = why(row, on.rules, on.units)
        return (*_family(on, row), *_held(row), *of_rules, because, words)

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


def unbroken(told: str) -> str:
    """A unit's name on one line; what is said of it behind a comma may have more."""
    name, comma, more = told.partition(", ")
    return name.replace(" ", "\u00a0") + comma + more
