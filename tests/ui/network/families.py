"""The small council with adults who are linked to families of more than one unit."""

import json
from datetime import date
from pathlib import Path

import sqlalchemy
from sqlalchemy import insert, select, update

from data_access.schema import person, relationship, source_load
from data_access.settings import EVERY_UNIT
from tests.ui.small_council import STARTED, build

# The adults that may be told of from Unit 1's family, verified or not; and one a step further.
VERIFIED, NOT_VERIFIED, FURTHER = "Gilbert Wanderer", "Hesper Doubtful", "Sabine Farther"
# Linked to Unit 2's family, in which a child is restricted.
SECRET = "Ronan Secretive"
ADULTS = {"PERSON-1": VERIFIED, "PERSON-2": NOT_VERIFIED, "PERSON-3": FURTHER, "PERSON-4": SECRET}
TIES = (
    ("KID-U1-0", "PERSON-1", "father", True),
    ("KID-U3-0", "PERSON-1", "uncle", True),
    ("KID-U1-0", "PERSON-2", "grandmother", False),
    ("KID-U4-0", "PERSON-2", "aunt", True),
    ("KID-U3-1", "PERSON-3", "mother", True),
    ("KID-E-0", "PERSON-3", "stepmother", True),
    ("KID-U1-1", "PERSON-4", "lodger", True),
    ("KID-U2-0", "PERSON-4", "godfather", True),
)
ENDED = {"PERSON-2": date(2016, 5, 3)}
# No role that is shipped may ask: a council writes one in, with the day of its assessment.
ROLE = """
[[role]]
name = "{name}"
claim = "{name}"
units = "{units}"
figures = "*"
names = {names}
restricted = false
acts = [{acts}]
"""
ASSESSED = '\n[network]\ndpia_on = 2026-01-05\nspeak_to = "Priya at the front door"\n'


def role(name: str, units: str = EVERY_UNIT, names: bool = True, *acts: str) -> str:
    """A role as the settings have it."""
    quoted = ", ".join(f'"{act}"' for act in acts)
    return ROLE.format(name=name, units=units, names=str(names).lower(), acts=quoted)


ROLES = (
    role("asker", "granted", True, "see_network", "look_closer")
    + role("asker of all", EVERY_UNIT, True, "see_network")
    + role("asker without names", EVERY_UNIT, False, "see_network")
    + role("other", EVERY_UNIT, True, "chair", "note", "look_closer")
)

# The manager of a unit by a post of one's own.
MANAGER = role("manager", "own post") + "staff = true\n"


def build_linked(folder: Path) -> str:
    """The address of the small council with its adults: nothing is derived from whom they know."""
    url = build(folder)
    engine = sqlalchemy.create_engine(url)
    with engine.begin() as connection:
        connection.execute(insert(person), [{"person_id": id, "name": ADULTS[id]} for id in ADULTS])
        connection.execute(insert(relationship), [_tie(*tie) for tie in TIES])
        told = json.loads(connection.execute(select(source_load.c.rows_json)).scalar_one())
        told["tables"] = {"relationship": {"written": len(TIES)}}
        connection.execute(update(source_load).values(rows_json=json.dumps(told)))
    engine.dispose()
    return url


def _tie(child_id: str, person_id: str, its_role: str, verified: bool) -> dict:
    return {
        "relationship_id": f"{child_id} {person_id}",
        "child_id": child_id,
        "person_id": person_id,
        "role": its_role,
        "verified": verified,
        "started_on": STARTED,
        "ended_on": ENDED.get(person_id),
        "source": "the green ledger",
    }
