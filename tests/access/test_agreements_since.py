"""What was asked or agreed, once the families are not as they were: told, answered, opened."""

from datetime import timedelta

import pytest
from sqlalchemy import delete, insert, update

from access.agreements import answer_request, ask_lead, open_agreed
from data_access.problems import NotAllowed, Problem
from data_access.schema import child as child_table
from data_access.schema import relationship
from tests.access.families import ASK, YES, known_by, moved, restricted, tied
from tests.access.people import NOON, TODAY

pytestmark = pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)

TOLD_NO_MORE = {
    "an opened child is restricted": [restricted("K3")],
    "a brother of another unit is restricted": [restricted("K4")],
    "the child asked from is restricted": [restricted("K1")],
    "the link is known by a restricted sister alone": [known_by("K0"), restricted("K0")],
    "the link is gone": [delete(relationship).where(relationship.c.child_id == "K2")],
    "a child is of another family": [
        update(child_table).where(child_table.c.child_id == "K3").values(family_id="G")
    ],
}


@pytest.mark.parametrize("changes", TOLD_NO_MORE.values(), ids=TOLD_NO_MORE)
def test_what_linked_adults_tells_no_more_is_told_asked_answered_opened_and_open_no_more(
    place, changes
):
    id, asker = place.answered(), place.who()
    open_agreed(asker, id, NOON)
    ask_lead(asker, ASK, NOON)
    waits = place.the_one.id
    place.later_load(*changes)
    assert not place.told() and not place.open(asker)
    with pytest.raises(NotAllowed):
        answer_request(place.owner, waits, True, YES, NOON)
    with pytest.raises(NotAllowed):
        open_agreed(asker, id, NOON)
    with pytest.raises(Problem):
        ask_lead(place.who(subject="eve"), ASK, NOON)


def test_what_was_asked_one_step_further_is_told_while_both_steps_are(place):
    place.later_load(
        insert(child_table).values(child_id="K9", family_id="N", restricted=False),
        known_by("K9"),
        *(tied("P2", child) for child in ("K1", "K9")),
    )
    ask_lead(place.who(), ASK, NOON)
    assert place.told()
    place.later_load(restricted("K9"))
    assert not place.told()


def test_a_child_who_has_left_the_unit_is_opened_by_no_agreement_and_closes(place):
    id, asker = place.answered(), place.who()
    open_agreed(asker, id, NOON)
    place.later_load(*moved("K3"))
    assert place.open(asker) == {"K2"}
    assert open_agreed(asker, id, NOON) == ("K2",)


def test_a_lead_that_begins_tomorrow_holds_nobody_yet(place):
    id, asker = place.answered(), place.who()
    place.later_load(*moved("K3", TODAY + timedelta(days=1)))
    assert open_agreed(asker, id, NOON) == ("K2", "K3")


def test_who_holds_none_of_the_children_any_more_is_not_told_and_can_t_answer(place):
    ask_lead(place.who(), ASK, NOON)
    id = place.the_one.id
    place.later_load(*moved("K2"), *moved("K3"))
    assert not place.told()
    with pytest.raises(NotAllowed):
        answer_request(place.owner, id, True, YES, NOON)
    with pytest.raises(Problem, match="holds none of these children"):
        ask_lead(place.who(subject="eve"), ASK, NOON)
