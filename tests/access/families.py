"""Two families whom an adult links, of two units, and what is asked between their workers."""

from dataclasses import dataclass

from sqlalchemy import Delete, Engine, Insert, Update, insert, update

from access.agreements import Acting, answer_request, ask_lead, open_to
from access.requests import DAYS, Ask, Request, asked_of
from data_access.schema import allocation, relationship
from data_access.schema import child as child_table
from data_access.viewer import Act, Viewer
from tests.access.people import NOON, TODAY, minutes, signed_in
from tests.worlds import World

ASKER = Viewer("Ann", frozenset({"U1"}), acts=frozenset({Act.SEE_NETWORK}), session="s")
OWNER = Viewer("Bob", frozenset({"U2"}), staff=frozenset({"U2"}))
ASK = Ask("K1", "family F", ("P1",), "U2", ("K2", "K3"), "assessment", "Her uncle lives there.")
A_WEEK = minutes(DAYS * 24 * 60)
YES = "Ring me before you go."


@dataclass(frozen=True)
class Place:
    """An access store, and a case database in which an adult links two families."""

    store: Engine
    engine: Engine

    def who(self, viewer: Viewer = ASKER, subject: str = "ann", **said) -> Acting:
        session = signed_in(self.store, subject=subject, **said)
        return Acting(self.store, self.engine, session, viewer, "role")

    @property
    def owner(self) -> Acting:
        return self.who(OWNER, "bob")

    def told(self, viewer: Viewer = OWNER, now=NOON) -> list[Request]:
        """What the viewer is told waits for an answer."""
        return list(asked_of(self.store, self.engine, viewer, now))

    @property
    def the_one(self) -> Request:
        (found,) = self.told()
        return found

    def answered(self, is_agreed: bool = True) -> str:
        """The id of a request that was asked and answered at noon."""
        ask_lead(self.who(), ASK, NOON)
        id = self.the_one.id
        answer_request(self.owner, id, is_agreed, YES, NOON)
        return id

    def open(self, who: Acting, acts=ASKER.acts, now=NOON) -> frozenset[str]:
        """The children whom an agreement holds open."""
        return open_to(self.store, self.engine, who.session, acts, now)

    def later_load(self, *changes: Insert | Update | Delete) -> None:
        with self.engine.begin() as connection:
            for change in changes:
                connection.execute(change)


def two_families() -> World:
    """K1 and K0 of Unit 1; K2 and K3 of Unit 2, with K4 of Unit 3: P1 is of K1 and of K2."""
    world = World().add("person", person_id="P1").add("person", person_id="P2")
    for unit in ("U1", "U2", "U3"):
        world.add("unit", unit_id=unit, name=f"Unit {unit}", kind="segmented")
    of_units = {"K0": "U1", "K1": "U1", "K2": "U2", "K3": "U2", "K4": "U3"}
    for child, unit in of_units.items():
        family = "E" if unit == "U1" else "F"
        world.add("child", child_id=child, family_id=family, restricted=False)
        led = {"child_id": child, "unit_id": unit, "lead": True, "started_on": TODAY}
        world.add("allocation", allocation_id=f"A-{child}", **led)
    for child in ("K1", "K2"):
        said = {"person_id": "P1", "role": "uncle", "verified": True}
        world.add("relationship", relationship_id=f"R-{child}", child_id=child, **said)
    return world


def restricted(child: str) -> Update:
    return update(child_table).where(child_table.c.child_id == child).values(restricted=True)


def moved(child: str, started_on=TODAY) -> tuple[Update, Insert]:
    """From the unit that leads to Unit 3, from a day on."""
    ended = update(allocation).where(allocation.c.child_id == child).values(ended_on=started_on)
    to = {"child_id": child, "unit_id": "U3", "lead": True, "started_on": started_on}
    return ended, insert(allocation).values(allocation_id=f"M-{child}", **to)


def known_by(child: str) -> Update:
    """The link of the asker's side is another child's."""
    own = relationship.c.relationship_id == "R-K1"
    return update(relationship).where(own).values(child_id=child)


def tied(adult: str, child: str) -> Insert:
    said = {"person_id": adult, "child_id": child, "role": "aunt", "verified": True}
    return insert(relationship).values(relationship_id=f"R-{adult}-{child}", **said)
