"""What is asked of another unit's lead: kept with its event, answered once, opened with limits."""

from dataclasses import replace

import pytest
from sqlalchemy import select, text

from access.agreements import Acting, Ask, answer_request, ask_lead, open_agreed, open_to
from access.audit.checking import verify
from access.openings import MINUTES, opened_to
from access.requests import DAYS, asked_by, asked_of
from access.sessions import begin_meeting
from access.store.forgetting import forget
from access.store.reading import read
from access.store.tables import opening, request, request_answer, request_child
from data_access.problems import NotAllowed, Problem
from data_access.schema import allocation
from data_access.schema import child as child_table
from data_access.viewer import Act, Viewer
from tests.access.people import LIMITS, NOON, TODAY, minutes, signed_in
from tests.worlds import World, loaded

ASKER = Viewer("Ann", frozenset({"U1"}), acts=frozenset({Act.SEE_NETWORK}), session="s")
OWNER = Viewer("Bob", frozenset({"U2"}), staff=frozenset({"U2"}))
ASK = Ask("K1", "family F", ("P1",), "U2", ("K2", "K3"), "assessment", "Her uncle lives there.")
A_WEEK = minutes(DAYS * 24 * 60)


def who(store, viewer=ASKER, subject="ann", **said) -> Acting:
    return Acting(store, signed_in(store, subject=subject, **said), viewer, "role")


def owner(store) -> Acting:
    return who(store, OWNER, "bob")


def the_one(store):
    (found,) = asked_of(store, OWNER, NOON)
    return found


def answered(store, is_agreed=True) -> str:
    """The id of a request that was asked and answered at noon."""
    ask_lead(who(store), ASK, NOON)
    id = the_one(store).id
    answer_request(owner(store), id, is_agreed, "Ring me before you go.", NOON)
    return id


@pytest.fixture
def council(shared_engine):
    """K2 and K3 of Unit 2, K3 restricted or of Unit 3 where it is said so."""

    def of(k3_restricted=False, k3_unit="U2"):
        world = World()
        for unit in ("U1", "U2", "U3"):
            world.add("unit", unit_id=unit, name=f"Unit {unit}", kind="segmented")
        for child, unit in (("K1", "U1"), ("K2", "U2"), ("K3", k3_unit)):
            world.add("child", child_id=child, restricted=child == "K3" and k3_restricted)
            world.add(
                "allocation",
                allocation_id=f"A-{child}",
                child_id=child,
                unit_id=unit,
                lead=True,
                started_on=TODAY,
            )
        return loaded(shared_engine, world, only_for=(child_table, allocation))

    return of


def test_it_is_kept_and_told_to_who_manages_the_unit_until_a_week_is_over(store):
    asker = who(store)
    ask_lead(asker, ASK, NOON)
    assert the_one(store).children == ("K2", "K3")
    assert asked_of(store, OWNER, NOON + A_WEEK - minutes(1))
    assert not asked_of(store, OWNER, NOON + A_WEEK)
    (mine,) = asked_by(store, asker.session.person, "K1")
    assert mine.has_lapsed(NOON + A_WEEK) and not mine.has_lapsed(NOON + A_WEEK - minutes(1))
    assert verify(store).broken is None


@pytest.mark.parametrize(
    "viewer",
    [
        Viewer("All", frozenset({"*"})),
        Viewer("Of the unit", frozenset({"U2"})),
        replace(OWNER, staff=frozenset({"U3"}), units=frozenset({"U2", "U3"})),
        replace(OWNER, units=frozenset({"U3"})),
    ],
)
def test_who_does_not_manage_the_unit_is_not_told_and_can_t_answer(store, viewer):
    ask_lead(who(store), ASK, NOON)
    assert not asked_of(store, viewer, NOON)
    with pytest.raises(NotAllowed):
        answer_request(who(store, viewer, "eve"), the_one(store).id, True, "Yes, do so.", NOON)
    assert not read(store, select(request_answer))


@pytest.mark.parametrize(
    ("viewer", "ask"),
    [
        (replace(ASKER, acts=frozenset()), ASK),
        (replace(ASKER, session=""), ASK),
        (replace(ASKER, units=frozenset({"U1", "U2"})), ASK),
        (ASKER, replace(ASK, words="")),
        (ASKER, replace(ASK, words="x" * 501)),
        (ASKER, replace(ASK, reason="curiosity")),
        (ASKER, replace(ASK, children=())),
    ],
)
def test_without_the_right_a_reason_words_or_another_s_family_nothing_is_kept(store, viewer, ask):
    with pytest.raises(Problem):
        ask_lead(who(store, viewer), ask, NOON)
    assert not read(store, select(request))


def test_a_meeting_s_session_asks_and_answers_nothing(store):
    asker = who(store)
    _, meeting = begin_meeting(store, asker.session, LIMITS, NOON)
    with pytest.raises(NotAllowed):
        ask_lead(replace(asker, session=meeting), ASK, NOON)
    ask_lead(asker, ASK, NOON)
    with pytest.raises(NotAllowed):
        answer_request(
            replace(owner(store), session=meeting), the_one(store).id, True, "Yes, do so.", NOON
        )


def test_what_no_event_can_be_written_of_is_not_kept(store):
    asker = who(store)
    with store.begin() as connection:
        connection.execute(text("ALTER TABLE access_event_child RENAME TO gone"))
    with pytest.raises(Problem):
        ask_lead(asker, ASK, NOON)
    assert not read(store, select(request)) and not read(store, select(request_child))


def test_it_is_answered_once_and_then_the_same_may_be_asked_again(store):
    id = answered(store, is_agreed=False)
    with pytest.raises(NotAllowed):
        answer_request(owner(store), id, True, "I changed my mind.", NOON)
    ask_lead(who(store), ASK, NOON)
    with pytest.raises(Problem, match="has not answered yet"):
        ask_lead(who(store), ASK, NOON)
    ask_lead(who(store), ASK, NOON + A_WEEK)


def test_agreed_it_opens_to_the_asker_s_session_for_an_hour_and_to_nobody_else(store, council):
    id = answered(store)
    asker, acts = who(store), ASKER.acts
    with council() as engine:
        with pytest.raises(NotAllowed):
            open_agreed(who(store, subject="eve"), engine, id, NOON)
        with pytest.raises(NotAllowed):
            open_agreed(asker, engine, id, NOON + A_WEEK)
        assert open_agreed(asker, engine, id, NOON) == ("K2", "K3")
        session, last = asker.session.id, NOON + minutes(MINUTES - 1)
        assert open_to(store, engine, session, acts, last) == {"K2", "K3"}
        assert not open_to(store, engine, session, acts, NOON + minutes(MINUTES))
        assert not open_to(store, engine, session, frozenset(), NOON), "the right was taken away"
        assert not open_to(store, engine, who(store).session.id, acts, NOON), "another sign-in"
    assert opened_to(store, session, NOON) == frozenset(), "nobody looked of their own accord"


def test_what_was_not_agreed_opens_nothing(store, council):
    id = answered(store, is_agreed=False)
    with council() as engine, pytest.raises(NotAllowed):
        open_agreed(who(store), engine, id, NOON)
    assert not read(store, select(opening))


def test_a_child_who_is_restricted_or_has_left_the_unit_is_opened_by_no_agreement(store, council):
    id, asker = answered(store), who(store)
    with council(k3_restricted=True) as engine, pytest.raises(NotAllowed):
        open_agreed(asker, engine, id, NOON)
    with council(k3_unit="U3") as engine:
        assert open_agreed(asker, engine, id, NOON) == ("K2",)


def test_a_child_who_is_restricted_after_it_was_opened_is_closed_at_once(store, council):
    id, asker = answered(store), who(store)
    with council() as engine:
        open_agreed(asker, engine, id, NOON)
    with council(k3_restricted=True) as engine:
        assert open_to(store, engine, asker.session.id, ASKER.acts, NOON) == {"K2"}


def test_it_is_purged_with_the_session_in_which_it_was_asked(store):
    answered(store)
    with store.begin() as connection:
        forget(connection, NOON)
    assert read(store, select(request_answer))
    with store.begin() as connection:
        forget(connection, NOON + A_WEEK)
    for table in (request, request_child, request_answer):
        assert not read(store, select(table))
