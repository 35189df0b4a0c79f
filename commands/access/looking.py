"""Commands that say who may look and who is looking, and that end sessions."""

import click

from access.ending_sessions import end as end_session
from access.ending_sessions import end_all as end_every_session
from access.ending_sessions import end_of_person
from access.grants import every_grant
from access.matches import confirmed_numbers
from access.people import Person, people, person_named
from access.sessions import last_session, open_sessions
from access.viewers import Standing, standing_of
from commands.access.store import opened, operator
from commands.output import print_rows, say
from commands.parameters import database_option, fails_in_one_line, format_option
from data_access.database import connect
from data_access.london import now
from data_access.problems import Problem
from metrics.council.checked import checked_settings
from metrics.writing import several

WHO_COLUMNS = (
    "name", "roles", "units", "own_children", "names", "restricted", "figures", "acts",
    "why_no_unit",
)  # fmt: skip
SESSION_COLUMNS = ("id", "name", "kind", "began_at", "seen_at", "ends_at")
LIST_COLUMNS = ("id", "name", "email", "number", "confirmed", "signed_in_at", "granted")
why_option = click.option("--why", required=True, help="Why: kept in the audit.")


@click.command(name="list")
@format_option
@fails_in_one_line
def list_people(form: str) -> None:
    """Print everybody who has signed in, as whom they are confirmed, and what was granted."""
    with opened(checked_settings()) as store:
        granted: dict[str, list[str]] = {}
        for row in every_grant(store):
            granted.setdefault(row.person, []).append(row.role or row.unit_id)
        numbers = confirmed_numbers(store)
        rows = [_listed(one, numbers.get(one.id), granted.get(one.id, [])) for one in people(store)]
    print_rows(LIST_COLUMNS, rows, form)


def _listed(one: Person, confirmed: str | None, granted: list[str]) -> tuple:
    given = ", ".join(granted) or None
    signed_in = one.last_seen_at.isoformat(timespec="minutes")
    return one.id, one.name, one.email, one.registration_no, confirmed, signed_in, given


@click.command()
@database_option
@click.option("--person", help="One person only: an email, a name or an id.")
@format_option
@fails_in_one_line
def who(database: str | None, person: str | None, form: str) -> None:
    """Print what each person may see and do, by their last sign-in; and why, where no unit."""
    settings = checked_settings()
    engine = connect(database or settings.database_url)
    with opened(settings) as store:
        asked = [person_named(store, person)] if person else people(store)
        sessions = [last_session(store, one.id) for one in asked]
        found = [
            (one, standing_of(store, engine, settings, session, now()))
            for one, session in zip(asked, sessions, strict=True)
            if session is not None
        ]
    engine.dispose()
    print_rows(WHO_COLUMNS, [_standing_row(one, standing) for one, standing in found], form)


def _standing_row(one: Person, standing: Standing) -> tuple:
    viewer = standing.viewer
    return (
        one.name,
        standing.role_names,
        ", ".join(sorted(viewer.units)) or None,
        viewer.own_children is not None,
        viewer.may_see_names,
        viewer.may_see_restricted,
        ", ".join(sorted(viewer.figures)) or None,
        ", ".join(sorted(viewer.acts)) or None,
        standing.why_no_unit,
    )


@click.command()
@format_option
@fails_in_one_line
def sessions(form: str) -> None:
    """Print every open session, the last touched first."""
    settings = checked_settings()
    with opened(settings) as store:
        found = open_sessions(store, settings.sessions, now())
    moments = [(one.began_at, one.seen_at, one.ends_at) for one in found]
    rows = [
        (one.id, one.name, one.kind, *(at.isoformat(timespec="minutes") for at in of_it))
        for one, of_it in zip(found, moments, strict=True)
    ]
    print_rows(SESSION_COLUMNS, rows, form)


@click.command()
@click.option("--session", help="One session's id, as 'access sessions' has it.")
@click.option("--person", help="Every session of one person: an email, a name or an id.")
@why_option
@fails_in_one_line
def end(session: str | None, person: str | None, why: str) -> None:
    """End a session, or all of a person, in whatever process; open pages leave at once."""
    if (session is None) == (person is None):
        raise click.UsageError("Give --session or --person, one of them.")
    with opened(checked_settings()) as store:
        if session is not None:
            number = end_session(store, session, operator(), why, now())
        else:
            id = person_named(store, person or "").id
            number = end_of_person(store, id, operator(), why, now())
    if not number:
        raise Problem("There is no such session that has not ended: nothing was done.")
    say(_ended(number))


@click.command()
@why_option
@fails_in_one_line
def end_all(why: str) -> None:
    """End every session of everybody: they sign in again."""
    with opened(checked_settings()) as store:
        number = end_every_session(store, operator(), why, now())
    say(_ended(number))


def _ended(number: int) -> str:
    return f"{several(number, 'session has', 'sessions have')} been ended."
