"""What somebody may see follows from roles, grants and open posts, at every click anew."""

from dataclasses import replace
from datetime import timedelta

import pytest

from access.grants import Given, grant, withdraw
from access.matches import confirm, withdraw_match
from access.sessions import begin_meeting
from access.store.opening import open_access_store
from access.viewers import standing_of, viewer_of
from data_access.access_settings import AccessStore, RoleEntry
from data_access.viewer import Act
from tests.access.people import LIMITS, NOON, NUMBER, TODAY, WITH_ROLES, council, post, signed_in
from tests.worlds import loaded

CONSULTANT, WORKER = "ChildStat.Consultant", "ChildStat.SocialWorker"
ANALYST, DIRECTOR = "ChildStat.Analyst", "ChildStat.Director"
AUDITOR, ADMINISTRATOR = "ChildStat.Auditor", "ChildStat.Administrator"
GRANTED = RoleEntry("partner", "P", "granted", "own", names=False, restricted=True, acts=("note",))


@pytest.fixture
def store(tmp_path):
    engine = open_access_store(AccessStore(f"sqlite:///{tmp_path / 'access.sqlite'}"))
    yield engine
    engine.dispose()


@pytest.fixture
def standing(store, shared_engine):
    """What a session may see: call it, with another council or at another moment if need be."""

    def of(session, world=None, now=NOON, settings=WITH_ROLES):
        with loaded(shared_engine, world or council()):
            return standing_of(store, shared_engine, settings, session, now)

    return of


def confirmed(store, *roles, **said):
    session = signed_in(store, *roles, **said)
    confirm(store, session.person, NUMBER, "admin", NOON)
    return session


def opens_nothing(found) -> bool:
    viewer = found.viewer
    return not (viewer.units or viewer.acts or viewer.figures or viewer.may_see_names)


@pytest.mark.parametrize("claim", ["", "chilDStat.Director", "Director", "ChildStat.Director2"])
def test_without_a_role_whose_claim_is_said_letter_by_letter_nothing_is_open(
    store, standing, claim
):
    found = standing(signed_in(store, claim))
    assert opens_nothing(found)
    assert found.why_no_unit.startswith("You are signed in, and ChildStat has no role for you")
    assert (found.role_names, found.first_page) == (None, None)


def test_groups_left_out_for_their_number_are_no_role_and_that_is_said(store, standing):
    found = standing(signed_in(store, groups_left_out=True))
    assert opens_nothing(found)
    assert "so many groups" in found.why_no_unit


def test_a_director_sees_every_unit(store, standing):
    found = standing(signed_in(store, DIRECTOR))
    assert found.viewer.units == found.viewer.figures == {"*"}
    assert found.viewer.may_see_names and not found.viewer.may_see_restricted
    assert found.viewer.acts == {Act.CHAIR, Act.NOTE, Act.CLOSE, Act.LOOK_CLOSER}
    assert (found.why_no_unit, found.first_page) == (None, "month")


def test_an_analyst_sees_rows_and_nobody_s_name(store, standing):
    viewer = standing(signed_in(store, ANALYST)).viewer
    assert viewer.units == {"*"}
    assert not viewer.may_see_names
    assert Act.PUBLISH in viewer.acts


@pytest.mark.parametrize("role", [AUDITOR, ADMINISTRATOR])
def test_who_looks_after_access_sees_no_child(store, standing, role):
    found = standing(signed_in(store, role))
    assert not found.viewer.units and not found.viewer.figures
    assert "opens no unit’s records" in found.why_no_unit


def test_a_consultant_sees_the_units_of_open_posts_and_not_one_that_ended_yesterday(
    store, standing
):
    session = confirmed(store, CONSULTANT)
    viewer = standing(session).viewer
    assert (viewer.units, viewer.own_children) == ({"U1"}, None)
    the_day_before = standing(session, now=NOON - timedelta(days=1)).viewer
    assert the_day_before.units == {"U1", "U2"}


def test_a_consultant_manages_the_workers_of_own_posts_and_not_of_a_unit_that_was_granted(
    store, standing
):
    session = confirmed(store, CONSULTANT)
    grant(store, session.person, Given(unit="U3"), "admin", NOON)
    viewer = standing(session).viewer
    assert (viewer.units, viewer.staff, viewer.worker) == ({"U1", "U3"}, {"U1"}, "W1")


@pytest.mark.parametrize(("role", "worker"), [(DIRECTOR, None), (ANALYST, None), (WORKER, "W1")])
def test_nobody_else_manages_anybody_s_workers(store, standing, role, worker):
    viewer = standing(confirmed(store, role)).viewer
    assert (viewer.staff, viewer.worker) == (frozenset(), worker)


def test_a_projector_is_told_of_no_worker(store, standing):
    session = confirmed(store, CONSULTANT, DIRECTOR)
    assert standing(session).viewer.staff == {"U1"}
    _, meeting = begin_meeting(store, session, LIMITS, NOON)
    assert (standing(meeting).viewer.staff, standing(meeting).viewer.worker) == (frozenset(), None)


def test_two_posts_open_both_units_and_one_that_begins_tomorrow_opens_none(store, standing):
    world = council()
    post(world, "W1", "U2", TODAY, None)
    post(world, "W1", "U3", TODAY + timedelta(days=1), None)
    assert standing(confirmed(store, CONSULTANT), world).viewer.units == {"U1", "U2"}


def test_a_post_ends_at_london_s_midnight(store, standing):
    session = confirmed(store, CONSULTANT)
    late = NOON - timedelta(hours=13, minutes=1)
    assert standing(session, now=late).viewer.units == {"U1", "U2"}
    assert standing(session, now=late + timedelta(minutes=1)).viewer.units == {"U1"}


def test_nobody_is_a_worker_until_an_administrator_confirmed_it(store, standing):
    found = standing(signed_in(store, CONSULTANT, swe_number=NUMBER))
    assert opens_nothing(found)
    assert "Nobody has confirmed yet which worker you are" in found.why_no_unit


def test_a_sign_in_that_says_another_number_than_was_confirmed_opens_nothing(store, standing):
    found = standing(confirmed(store, CONSULTANT, swe_number="SW999999"))
    assert opens_nothing(found)
    assert "another Social Work England number" in found.why_no_unit


def test_a_number_is_the_same_however_it_is_spaced_and_written(store, standing):
    world = council()
    world.rows["worker"][0]["registration_no"] = " sw 123456 "
    session = signed_in(store, CONSULTANT, swe_number="Sw 123 456")
    confirm(store, session.person, "sw123456 ", "admin", NOON)
    assert standing(session, world).viewer.units == {"U1"}


def test_of_two_workers_with_the_number_neither_is_taken(store, standing):
    world = council().add("worker", worker_id="W9", name="Ann E.", registration_no=NUMBER)
    found = standing(confirmed(store, CONSULTANT), world)
    assert opens_nothing(found)
    assert "Two workers" in found.why_no_unit


def test_a_number_that_no_worker_has_opens_nothing(store, standing):
    session = signed_in(store, CONSULTANT)
    confirm(store, session.person, "SW1", "admin", NOON)
    found = standing(session)
    assert opens_nothing(found)
    assert "No worker in the case database" in found.why_no_unit


def test_a_worker_whose_posts_have_all_ended_is_told_so(store, standing):
    world = council()
    world.rows["post"][0]["ended_on"] = TODAY
    found = standing(confirmed(store, CONSULTANT), world)
    assert opens_nothing(found)
    assert "no post that is open today" in found.why_no_unit


def test_who_is_confirmed_no_more_sees_nothing_at_the_next_click(store, standing):
    session = confirmed(store, CONSULTANT)
    assert standing(session).viewer.units == {"U1"}
    withdraw_match(store, session.person, "admin", NOON)
    assert opens_nothing(standing(session))


def test_a_unit_is_open_from_its_grant_until_it_is_withdrawn_at_the_next_click(store, standing):
    session = signed_in(store, CONSULTANT)
    grant(store, session.person, Given(unit="U3"), "admin", NOON)
    assert standing(session).viewer.units == {"U3"}
    withdraw(store, session.person, Given(unit="U3"), "admin", NOON)
    assert opens_nothing(standing(session))


def test_a_granted_unit_opens_nothing_to_whose_role_opens_none(store, standing):
    session = signed_in(store, AUDITOR)
    grant(store, session.person, Given(unit="U3"), "admin", NOON)
    assert not standing(session).viewer.units


def test_a_granted_role_holds_as_one_that_the_provider_says(store, standing):
    session = signed_in(store)
    grant(store, session.person, Given(role="director"), "admin", NOON)
    assert standing(session).viewer.units == {"*"}
    withdraw(store, session.person, Given(role="director"), "admin", NOON)
    assert opens_nothing(standing(session))


def test_a_social_worker_sees_only_children_of_their_own(store, standing):
    viewer = standing(confirmed(store, WORKER)).viewer
    assert (viewer.units, viewer.own_children) == ({"U1"}, "W1")
    assert viewer.figures == {"U1"}


def test_a_granted_unit_opens_no_child_to_a_social_worker_whom_nobody_confirmed(store, standing):
    session = signed_in(store, WORKER)
    grant(store, session.person, Given(unit="U3"), "admin", NOON)
    assert opens_nothing(standing(session))


def test_a_role_that_opens_the_units_as_a_whole_is_not_narrowed_by_one_of_own_children(
    store, standing
):
    assert standing(confirmed(store, WORKER, CONSULTANT)).viewer.own_children is None
    assert standing(confirmed(store, WORKER, DIRECTOR)).viewer.own_children is None


def test_one_role_s_names_are_not_seen_in_another_s_units(store, standing):
    viewer = standing(confirmed(store, CONSULTANT, ANALYST)).viewer
    assert viewer.units == {"*"}
    assert not viewer.may_see_names


def test_one_role_s_restricted_children_are_not_seen_in_another_s_units(store, standing):
    settings = replace(WITH_ROLES, roles=(*WITH_ROLES.roles, GRANTED))
    session = signed_in(store, "P")
    grant(store, session.person, Given(unit="U3"), "admin", NOON)
    assert standing(session, settings=settings).viewer.may_see_restricted
    both = confirmed(store, "P", WORKER)
    viewer = standing(both, settings=settings).viewer
    assert viewer.units == {"U1", "U3"}
    assert not viewer.may_see_restricted
    assert viewer.acts == {Act.NOTE}


def test_the_first_page_is_that_of_the_first_role_in_the_settings(store, standing):
    found = standing(confirmed(store, CONSULTANT, AUDITOR))
    assert (found.first_page, found.role_names) == ("unit", "consultant social worker, auditor")


def test_the_room_is_shown_no_names_and_only_what_is_done_in_it(store, standing):
    session = signed_in(store, DIRECTOR)
    _, meeting = begin_meeting(store, session, LIMITS, NOON)
    viewer = standing(meeting).viewer
    assert viewer.units == {"*"}
    assert not (viewer.may_see_names or viewer.may_see_restricted or viewer.opened)
    assert viewer.acts == {Act.CHAIR, Act.NOTE, Act.CLOSE}


def test_a_viewer_carries_who_looks_and_in_which_session(store, standing, shared_engine):
    session = signed_in(store, DIRECTOR)
    with loaded(shared_engine, council()):
        viewer = viewer_of(store, shared_engine, WITH_ROLES, session, NOON)
    assert (viewer.name, viewer.person, viewer.session) == (
        "Ann Example",
        session.person,
        session.id,
    )
