"""Commands that give and take back: roles, units, and which worker somebody is."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import click
from sqlalchemy import Engine

from access.grants import Given, grants_of
from access.grants import grant as give
from access.grants import withdraw as take_back
from access.in_cases import unit_called, unit_names
from access.matches import confirm as confirm_worker
from access.matches import withdraw_match
from access.people import Person, person_named
from access.roles import refuse_unknown_role
from access.settling import (
    is_last_administrator,
    opens_nothing,
    replaced_words,
    unconfirmed,
    worker_numbered,
)
from commands.access.store import opened, operator
from commands.output import print_rows, say, warn
from commands.parameters import database_option, fails_in_one_line, format_option
from data_access.database import connect
from data_access.london import now, today
from data_access.problems import Problem
from data_access.settings import Settings
from metrics.council.checked import checked_settings

CONFIRM_COLUMNS = ("id", "name", "number", "worker")
NOBODY_ADMINISTERS = (
    "Nobody can administer now. 'access grant --person … --role administrator', on this server,"
    " gives that to somebody again."
)
person_option = click.option(
    "--person", required=True, help="Whose: an email, a name or an id, as 'access list' has them."
)
role_option = click.option("--role", help="A role by its name in config.toml.")
unit_option = click.option("--unit", help="A unit by its id or its name.")


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
    with opened(settings) as store:
        who = person_named(store, person)
        names = _unit_names(database, settings) if unit else {}
        given = Given(role, unit_called(names, unit) if unit else None)
        give(store, who.id, given, operator(), now())
        opens = _opens_nothing(database, settings, store, who, given)
    say(f"{who.words} has {_words(given, names)}.{opens}")


def _opens_nothing(
    database: str | None, settings: Settings, store: Engine, who: Person, given: Given
) -> str:
    try:
        with _cases(database, settings) as engine:
            return opens_nothing(store, engine, settings, who.id, given, now())
    except Problem:
        # People are given roles before there are data as well: then nothing opens anything.
        return ""


def _words(given: Given, names: Mapping[str, str]) -> str:
    return f"{given.words} ({names[given.unit]})" if given.unit else given.words


@click.command()
@database_option
@person_option
@role_option
@unit_option
@click.option("--worker", is_flag=True, help="What was confirmed of which worker they are.")
@fails_in_one_line
def withdraw(
    database: str | None, person: str, role: str | None, unit: str | None, worker: bool
) -> None:
    """Take a role, a unit or a confirmed worker back, from their next click on."""
    if worker and (role or unit):
        raise click.UsageError("Name a role, a unit, or --worker: one of them.")
    settings = checked_settings()
    with opened(settings) as store:
        who = person_named(store, person)
        if worker:
            withdraw_match(store, who.id, operator(), now())
            say(f"{who.words} has no worker confirmed.")
            return
        granted = grants_of(store, who.id).units
        given = Given(role, _granted_unit(database, settings, granted, unit))
        was_last = is_last_administrator(store, settings, who.id, given)
        take_back(store, who.id, given, operator(), now())
    say(f"{who.words} has {given.words} no more.")
    warn(NOBODY_ADMINISTERS if was_last else None)


def _granted_unit(
    database: str | None, settings: Settings, granted: frozenset[str], unit: str | None
) -> str | None:
    """The id of a granted unit by its id or name; as it was typed where it is neither."""
    if unit is None or unit in granted or not granted:
        return unit
    every = _unit_names(database, settings)
    names = {id: name for id, name in every.items() if id in granted}
    return unit_called(names, unit) if names else unit


@click.command()
@database_option
@click.option("--person", help="Whose: an email, a name or an id, as 'access list' has them.")
@click.option("--number", help="Their Social Work England number, unless the provider says it.")
@format_option
@fails_in_one_line
def confirm(database: str | None, person: str | None, number: str | None, form: str) -> None:
    """Confirm which worker somebody is; without --person, list whom nobody has confirmed."""
    settings = checked_settings()
    with opened(settings) as store:
        if person is None:
            with _cases(database, settings) as engine:
                found = unconfirmed(store, engine, settings, today())
            rows = [(o.person.id, o.person.name, o.number, o.worker_words) for o in found]
            print_rows(CONFIRM_COLUMNS, rows, form)
            return
        who = person_named(store, person)
        say(f"{who.words} is the worker {_confirmed(database, settings, store, who, number)}.")


def _confirmed(
    database: str | None, settings: Settings, store: Engine, who: Person, number: str | None
) -> str:
    said = number or who.registration_no
    if said is None:
        raise Problem(f"The provider says no number of {who.name}: give it with --number.")
    with _cases(database, settings) as engine:
        worker = worker_numbered(engine, said, today())
    replaced = replaced_words(store, who.id, said)
    confirm_worker(store, who.id, said, operator(), now())
    return f"with the number {said}: {worker.words}{f', {replaced}' if replaced else ''}"


def _unit_names(database: str | None, settings: Settings) -> Mapping[str, str]:
    with _cases(database, settings) as engine:
        return unit_names(engine)


@contextmanager
def _cases(database: str | None, settings: Settings) -> Iterator[Engine]:
    engine = connect(database or settings.database_url)
    try:
        yield engine
    finally:
        engine.dispose()
