"""What a look found, as a picture and a table: verified links, and apart from them the others."""

from collections.abc import Iterable, Sequence
from itertools import groupby

from markupsafe import Markup
from sqlalchemy import Table

from charts.network import Box, Line, network
from charts.tables import table
from data_access.schema import allocation, referral
from meeting.address_codes import ADULT, FAMILY, label_of
from metrics.network.found import FamilyFacts, Link, Tie
from metrics.sentence import written_date
from metrics.writing import several
from ui.codes import worker_called
from ui.network.asking import Answer, is_further, way_further
from ui.session import Page

HEADINGS = {
    True: ("Verified", "both ends of each link were verified in the source"),
    False: ("Not verified", "one end of each link, or both, is only as somebody said: ask"),
}
THIS_FAMILY = "This family"
TOO_MANY = "These are too many to draw: ask the analyst."
NONE = "No adult of the family is linked to another one in these data."
ONLY_MOTHERS = "This source tells of mothers alone: any other adult’s links are not in it."


def answer_shown(page: Page, answer: Answer) -> Markup:
    """All that is told of one look: what may not be seen, in one sentence and no more."""
    found, said = answer.found, []
    if found.has_hidden:
        to = page.live.settings.network.speak_to
        said.append(f"There is a link that you may not see: speak to {to}.")
    if found.too_many:
        said.append(TOO_MANY)
    elif not (found.links or found.has_hidden):
        said.append(NONE)
    if found.only_mothers:
        said.append(ONLY_MOTHERS)
    parts = Markup("").join(_part(page, answer, is_verified) for is_verified in HEADINGS)
    return _sentences(said) + (parts if found.links else Markup(""))


def _sentences(said: Iterable[str]) -> Markup:
    return Markup("").join(Markup("<p><strong>{}</strong></p>").format(words) for words in said)


def _part(page: Page, answer: Answer, is_verified: bool) -> Markup:
    heading, says = HEADINGS[is_verified]
    links = [link for link in answer.found.links if link.is_verified is is_verified]
    told = f"{several(len(links), 'link')}: {says}" if links else "no link"
    body = _drawn_and_listed(page, answer, links) if links else ""
    return Markup(
        '<section class="cs-network"><h2>{} <small class="cs-quiet">{}</small></h2>{}</section>'
    ).format(heading, told, body)


def _drawn_and_listed(page: Page, answer: Answer, links: Sequence[Link]) -> Markup:
    return Markup(
        '<div class="cs-frame cs-network-drawn" tabindex="0" role="group" aria-label="Picture">'
        "{}</div>{}"
    ).format(_picture(page, answer, links), _listed(page, answer, links))


def _picture(page: Page, answer: Answer, links: Sequence[Link]) -> Markup:
    columns = (
        [
            _family(page, answer, family, "from ")
            for family in _each(one.own_family for one in links)
        ],
        [Box(one, (_adult(page, answer, one),)) for one in _each(one.person_id for one in links)],
        [_family(page, answer, family) for family in _each(one.family for one in links)],
    )
    says = f"{several(len(links), 'link')} of adults to other families: the table tells each."
    return network(columns, [*_lines_from(links), *_lines_to(links)], says)


def _each(keys: Iterable[str]) -> Iterable[str]:
    return dict.fromkeys(keys)


def _lines_from(links: Sequence[Link]) -> list[Line]:
    """From each family that was asked from to its adult, once."""
    known = {(one.own_family, one.person_id): one.own for one in links}
    return [
        Line(f"from {family}", adult, _roles(ties), all(tie.is_ended for tie in ties))
        for (family, adult), ties in known.items()
    ]


def _lines_to(links: Sequence[Link]) -> list[Line]:
    """From each adult to another family, once, with every role there."""
    told = dict.fromkeys((one.person_id, one.family, one.other) for one in links)
    by_pair = sorted(told, key=_pair)
    return [
        _line_to(*pair, tuple(other for *_, other in of_pair))
        for pair, of_pair in groupby(by_pair, key=_pair)
    ]


def _pair(one: tuple) -> tuple[str, str]:
    return one[0], one[1]


def _line_to(adult: str, family: str, ties: tuple[Tie, ...]) -> Line:
    return Line(adult, family, _roles(ties), all(tie.is_ended for tie in ties))


def _roles(ties: Iterable[Tie]) -> str:
    roles = {_role(tie): None for tie in ties if not tie.is_ended}
    ended = {f"ended: {_role(tie)}": None for tie in ties if tie.is_ended}
    return "; ".join({**roles, **ended})


def _role(tie: Tie) -> str:
    return tie.role.replace("_", " ")


def _family(page: Page, answer: Answer, family: str, side: str = "") -> Box:
    return Box(
        f"{side}{family}", (_name_of_family(page, answer, family), *_facts(page, answer, family))
    )


def _name_of_family(page: Page, answer: Answer, family: str) -> str:
    is_own = family == answer.found.asked
    return THIS_FAMILY if is_own else label_of(page.published.key, FAMILY, family)


def _facts(page: Page, answer: Answer, family: str) -> tuple[str, ...]:
    """Who leads on another family, and whether its case is open; of the one asked from nothing."""
    facts = (answer.found.families or {}).get(family)
    if facts is None:
        return ()
    led = [part for lead in _leads(page, answer, facts) for part in lead]
    return *led, _case(page, facts)


def _leads(page: Page, answer: Answer, facts: FamilyFacts) -> Sequence[Sequence[str]]:
    """The unit and the worker of each who leads, or led last."""
    if not facts.leads:
        is_told = _is_told(page, allocation)
        return [["no unit has led on it" if is_told else "lead not in source"]]
    return [
        [
            row.unit_name or "no unit",
            worker_called(page, row.worker_id, answer.workers.get(row.worker_id)),
        ]
        for row in facts.leads
    ]


def _case(page: Page, facts: FamilyFacts) -> str:
    if not _is_told(page, referral):
        return "case not in source"
    return "case open" if facts.is_open else "case closed"


def _is_told(page: Page, of: Table) -> bool:
    """Whether a source brought the table: of one that none did, no row is no answer."""
    return bool(page.live.load.tables.get(of.name, {}).get("written"))


def _adult(page: Page, answer: Answer, adult: str) -> str:
    """By name; without one, or for whom no name may be shown, by a code."""
    return answer.adults.get(adult) or label_of(page.published.key, ADULT, adult)


def _listed(page: Page, answer: Answer, links: Sequence[Link]) -> Markup:
    here = "In the family reached" if is_further() else "In this family"
    headings = ["Adult", here, "In the other family", "Other family", "Lead, or last lead", "Case"]
    rows = [_cells(page, answer, one) for one in links]
    if is_further():
        return table(headings, rows)
    further = [way_further(page, one.person_id) for one in links]
    with_ways = [(*row, way) for row, way in zip(rows, further, strict=True)]
    return table([*headings, "Further"], with_ways)


def _cells(page: Page, answer: Answer, one: Link) -> tuple[Markup, ...]:
    facts = (answer.found.families or {})[one.family]
    reached = [_name_of_family(page, answer, one.own_family)] if is_further() else []
    told = (
        [_adult(page, answer, one.person_id)],
        [*reached, *map(_tie_words, one.own)],
        [_tie_words(one.other)],
        [_name_of_family(page, answer, one.family)],
        [", ".join(lead) for lead in _leads(page, answer, facts)],
        [_case(page, facts)],
    )
    grey = ' class="cs-quiet"' if one.is_ended else ""
    return tuple(
        Markup("<span{}>{}</span>").format(Markup(grey), Markup("<br>").join(lines))
        for lines in told
    )


def _tie_words(tie: Tie) -> str:
    """As in "father, since 3 March 2015, ended 4 May 2016; source: case record"."""
    source = f"source: {tie.source}" if tie.source else "source not recorded"
    return f"{_role(tie)}, {_days(tie)}; {source}"


def _days(tie: Tie) -> str:
    began = f"since {written_date(tie.started_on)}" if tie.started_on else "first day not recorded"
    if tie.ended_on is None:
        return began
    return f"{began}, {'ended' if tie.is_ended else 'until'} {written_date(tie.ended_on)}"
