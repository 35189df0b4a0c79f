"""A council whose people have unmistakable names, and a meeting with every kind of item."""

from datetime import date
from pathlib import Path

from sqlalchemy import Engine, select

from data_access.database import connect, read
from data_access.london import today
from data_access.meeting_store.agendas import add_items, hold_meeting
from data_access.meeting_store.opening import open_store
from data_access.schema import child, person, worker
from meeting.actions import Noted, note_action
from meeting.agenda import Agenda, add_own_item, open_agenda, read_agenda
from meeting.drawing import Draw, choose_case, draw_cases
from metrics.catalogue import CATALOGUE
from metrics.figures import Figures, read_figures
from metrics.model import Period, Scope, View
from metrics.sentence import sentence
from tests.ui.small_council import build, council
from tests.worlds import SETTINGS, World

MONTH = Period(2016, 9)
ANALYST = "Analyst"
FIRST = ("Hildegunde", "Ethelfritha", "Barnabasso", "Perpetuana", "Quintavius", "Radegundis")
LAST = ("Thistlewick", "Umbersquall", "Marchpanely", "Gallowgatee", "Fenwickson", "Yarrowbank")


def named_council() -> World:
    """The small council with names, dates of birth and ids that nothing else is spelt like."""
    world = council()
    for at, one in enumerate(world.rows["child"]):
        one["name"] = f"{FIRST[at % 6]}{at} {LAST[at // 6]}"
        one["born_on"] = date(2003, 2, 3).replace(day=3 + at)
        world.add("person", person_id=f"PERSON-{at}", name=f"Motherof{at} {LAST[at // 6]}")
    for at, one in enumerate(world.rows["worker"]):
        one["name"] = f"Workera{at} Nightingalesby"
        one["registration_no"] = f"SW98765{at}"
    for one in world.rows["child"][:3]:
        world.add(
            "visit_interval",
            child_id=one["child_id"],
            kind="CIN",
            every=6,
            period="weeks",
            effective_from=date(2016, 3, 1),
            authorised_by="Authoriserix Bellweather",
            reason="agreed with Reasonable Cuthbertine",
        )
    return world


def secrets_of(database: str) -> set[str]:
    """Every name, id and date of birth of a person in the database, each in all its spellings."""
    from tests.browser.listening import parts, spellings

    engine = connect(database)
    found = {"Authoriserix", "Bellweather", "Cuthbertine"}
    for row in read(engine, select(child.c.name, child.c.child_id, child.c.family_id)):
        found |= parts(row.name) | {row.child_id, row.family_id}
    for row in read(engine, select(worker.c.name, worker.c.worker_id, worker.c.registration_no)):
        found |= parts(row.name) | {row.worker_id, row.registration_no}
    for row in read(engine, select(person.c.name, person.c.person_id)):
        found |= parts(row.name) | {row.person_id}
    for row in read(engine, select(child.c.born_on)):
        found |= spellings(row.born_on)
    engine.dispose()
    return found


def built(folder: Path) -> str:
    """The address of the named council's database."""
    return build(folder, named_council())


def hold(database: str, store_url: str) -> Agenda:
    """A meeting about the month with an action, figures, cases, units, and an item of its own."""
    engine, store = connect(database), open_store(store_url)
    figures = read_figures(engine, SETTINGS)
    engine.dispose()
    note_action(
        store, open_agenda(store, figures, MONTH.shift(-1), ANALYST).meeting_id, AGREED, ANALYST
    )
    agenda = open_agenda(store, figures, MONTH, ANALYST)
    items = [
        _worth(figures, *one) for one in (("visits_out_of_timescale", "U2"), ("caseload", "*"))
    ]
    add_items(store, agenda.meeting_id, items, ANALYST)
    add_own_item(store, agenda, "Any other business", "What else?", 5, ANALYST)
    _cases(store, agenda)
    hold_meeting(store, agenda.meeting_id, today(), ANALYST)
    store.dispose()
    return open_agenda(store, figures, MONTH, ANALYST)


def kept_in(store_url: str) -> Agenda:
    """The meeting as the store has it now."""
    store = open_store(store_url)
    found = read_agenda(store, MONTH)
    store.dispose()
    assert found is not None
    return found


AGREED = Noted(
    verb="Share",
    what="fortnightly visits with family support",
    owner="Consultant social worker, Unit 2",
    due_on=date(2016, 10, 1),
    metric="visits_out_of_timescale",
    unit_id="U2",
    effect="fewer visits out of timescale",
    look=Period(2016, 11),
)


def _worth(figures: Figures, key: str, unit_id: str) -> dict[str, object]:
    result = figures.result(CATALOGUE[key], View(MONTH, Scope(unit_id)))
    said = {"title": sentence(result), "question": "What changed for these families this month?"}
    return {"kind": "worth", "minutes": 6, "metric": key, "unit_id": unit_id, **said}


def _cases(store: Engine, agenda: Agenda) -> None:
    children = [f"KID-U2-{number}" for number in range(3)]
    frame = {"unit": "U2", "plan": "CIN", "rule": "any"}
    review = Draw("case_review", frame, children, "4711", 3)
    draw_cases(store, agenda.meeting_id, review, ANALYST)
    choose_case(store, agenda.meeting_id, "case_in_depth", "KID-U3-0", ANALYST)
