"""Commands that give and take back: roles, units, and which worker somebody is."""

import click
from sqlalchemy import select

from access.grants import Given
from access.grants import grant as give
from access.grants import withdraw as take_back
from access.matches import confirm as confirm_worker
from access.matches import to_confirm, withdraw_match
from access.people import person_named
from access.roles import refuse_unknown_role
from commands.access.store import opened, operator
from commands.output import print_rows, say
from commands.parameters import database_option, fails_in_one_line, format_option
from data_access.database import connect, read
from data_access.london import now
from data_access.problems import Problem
from data_access.schema import unit as units
from data_access.settings import Settings
from metrics.council.checked import checked_settings

person_option = click.option(
    "--person", required=True, help="Whose: an email, a name or an id, as 'access list' has them."
)
role_option = click.option("--role", help="A role by its name in config.toml.")
unit_option = click.option("--unit", help="A unit's id.")


@click.command()
@database_option
@person_option
@role_option
@unit_option
@fails_in_one_line
def grant(database: str | None, person: str, role: str | None, unit: str | None) -> None:
    """Give somebody a role or a unit, from their next click on."""
    settings = checked_settings()
    if role is not None:
        refuse_unknown_role(settings, role)
    if unit is not None:
        _refuse_unknown_unit(database, settings, unit)
    given = Given(role, unit)
    with opened(settings) as store:
        who = person_named(store, person)
        give(store, who.id, given, operator(), now())
    say(f"{who.words} has {given.words}.")


@click.command()
@person_option
@role_option
@unit_option
@click.option("--worker", is_flag=True, help="What was confirmed of which worker they are.")
@fails_in_one_line
def withdraw(person: str, role: str | None, unit: str | None, worker: bool) -> None:
    """Take a role, a unit or a confirmed worker back, from their next click on."""
    if worker and (role or unit):
        raise click.UsageError("Name a role, a unit, or --worker: one of them.")
    given = Given(role, unit)
    with opened(checked_settings()) as store:
        who = person_named(store, person)
        if worker:
            withdraw_match(store, who.id, operator(), now())
        else:
            take_back(store, who.id, given, operator(), now())
    say(f"{who.words} has {'no worker confirmed' if worker else f'{given.words} no more'}.")


@click.command()
@click.option("--person", help="Whose: an email, a name or an id, as 'access list' has them.")
@click.option("--number", help="Their Social Work England number, unless the provider says it.")
@format_option
@fails_in_one_line
def confirm(person: str | None, number: str | None, form: str) -> None:
    """Confirm which worker somebody is; without --person, list whom nobody has confirmed."""
    with opened(checked_settings()) as store:
        if person is None:
            print_rows(("id", "name", "number"), to_confirm(store), form)
            return
        who = person_named(store, person)
        said = number or who.registration_no
        if said is None:
            raise Problem(f"The provider says no number of {who.name}: give it with --number.")
        confirm_worker(store, who.id, said, operator(), now())
    say(f"{who.words} is the worker with the number {said}.")


def _refuse_unknown_unit(database: str | None, settings: Settings, unit: str) -> None:
    engine = connect(database or settings.database_url)
    query = select(units.c.unit_id).order_by(units.c.unit_id)
    known = [row.unit_id for row in read(engine, query)]
    engine.dispose()
    if unit not in known:
        raise Problem(f"There is no unit {unit}: the units are {', '.join(known)}.")
