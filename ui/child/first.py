"""What is said first of a child: the next visit, the age, who holds it, brothers and sisters."""

from collections.abc import Sequence
from datetime import date

from markupsafe import Markup
from sqlalchemy import Row

from access.audit.events import What
from access.audit.witness import Shown
from charts.tables import link
from data_access.relations import NEVER
from data_access.schema import missing_episode
from data_access.viewer import Viewer, read_records
from metrics.lists.family import siblings_of
from metrics.lists.held_children import next_visits
from metrics.lists.opened import Opened
from metrics.sentence import count, written_date
from metrics.writing import several
from ui.child.journey import STATUS_WORDS, Story
from ui.child.next_visit import state_words
from ui.codes import children
from ui.lists import NAME_HIDDEN, narrowing_parts
from ui.not_in_source import why_no_work
from ui.session import Page

VISIT_WORDS = {kind: f"visit of the {STATUS_WORDS[kind]}" for kind in ("CP", "CIN")} | {
    "CLA": "visit of a looked after child"
}


def as_listed(page: Page, child: Row) -> Viewer:
    """Who reads of brothers and sisters: written down as listed, as not one of them was opened."""
    return page.looking.witnessed(Shown(page.name, What.LISTED, unit=child.unit_id))


def read_siblings(page: Page, child: Row, listing: Viewer) -> Sequence[Row]:
    """Brothers and sisters whom the viewer may see, by name, once for each unit that held them."""
    if not child.siblings:
        return ()
    query = siblings_of([child.child_id], page.basis)
    return read_records(page.engine, query, listing, ("child_name",))


def said_first(page: Page, child: Row, story: Story) -> Markup:
    """The one thing that somebody has to know, then who this is and with whom."""
    missing, not_known = _missing(page, story)
    family = _family(page, child, story)
    who = (*missing, _age_words(child), _held_by(page, story), family, *not_known)
    return Markup('{}<p class="cs-under">{}</p>').format(
        _next_visits(page, child), Markup(" · ").join(who)
    )


def _missing(page: Page, story: Story) -> tuple[list[Markup], list[str]]:
    """Since when the child is missing, if it is; and that nobody can tell, where nothing says."""
    load = page.live.load
    now = [row for row in story["missing_episodes"] if (row.ended_on or NEVER) > load.as_at]
    since = [
        Markup("<strong>{} since {}</strong>").format(row.kind, written_date(row.started_on))
        for row in now[-1:]
    ]
    is_told = load.tables.get(missing_episode.name, {}).get("written")
    return since, [] if is_told else ["missing episodes not in this source"]


def _next_visits(page: Page, child: Row) -> Markup:
    """Each open plan's next visit, who is due first first; nothing where nobody can tell."""
    if why_no_work(page):
        return Markup("")
    query = next_visits(Opened((child.child_id,), child.unit_id), page.basis)
    visits = read_records(page.engine, query, page.viewer, ("due_on", "kind"))
    if not visits:
        return Markup('<p class="cs-verdict">No visit is due: no plan is open.</p>')
    today = page.live.load.as_at
    first, *others = (_visit_words(visit, today) for visit in visits)
    then = Markup("").join(Markup("<p>{}</p>").format(words) for words in others)
    return Markup('<p class="cs-verdict">{}</p>{}').format(first, then)


def _visit_words(visit: Row, today: date) -> str:
    state = state_words(visit, today)
    day = written_date(visit.due_on)
    return f"{state[:1].upper()}{state[1:]}: {VISIT_WORDS[visit.kind]}, due {day}."


def _age_words(child: Row) -> str:
    born = f" (born {written_date(child.born_on)})" if child.born_on else ""
    if child.age is None:
        return "age not known"
    years = f"{several(child.age, 'year')} old" if child.age else "not yet 1"
    return years + born


def _held_by(page: Page, story: Story) -> str:
    today = page.live.load.as_at
    held = [row for row in story["allocations"] if row.lead and (row.ended_on or NEVER) > today]
    if not held:
        return "held by no unit today"
    unnamed = "no worker" if page.viewer.may_see_names else "worker’s name not shown"
    return f"{held[-1].held_by or 'no unit'}, {held[-1].worker_name or unnamed}"


def _family(page: Page, child: Row, story: Story) -> Markup:
    """Brothers and sisters whom the viewer may see, each a link; how many others there are."""
    if not child.family_is_known:
        return Markup("family not in this source")
    if not child.siblings:
        return Markup("no brother or sister known")
    named = {row.child_id: row.child_name for row in story["siblings"]}
    others = child.siblings - len(named)
    known = several(child.siblings, "brother or sister", "brothers or sisters")
    if not named:
        return Markup("{} known, not open to you").format(known)
    said = [_to_the_child(page, id, name) for id, name in named.items()]
    said += [Markup("{} not open to you").format(count(others))] if others else []
    return Markup("{}: {}").format(known, Markup(", ").join(said))


def _to_the_child(page: Page, child_id: str, name: str | None) -> Markup:
    address = page.address
    figure = {} if address.worklist else {"metric": address.metric.key}
    parts = {**figure, "list": address.worklist, **address.unit, **narrowing_parts(address)}
    where = address.link("child", **parts, child=children(page).code_of(child_id))
    return link(where, name or NAME_HIDDEN)
