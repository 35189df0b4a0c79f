"""What commands take, and how a failure is said."""

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Any

import click
from sqlalchemy.exc import SQLAlchemyError

from data_access.problems import Busy, Problem, WrongSettings
from metrics.model import Period

NEWEST = "newest"
NO_MEMORY = (
    "This machine has not enough memory for it. Nothing was changed: use a machine with more, or"
    " give this one less at a time."
)
# Days that data can have: the calendar of computers ends soon after, and before them.
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2199, 12, 31)
YEARS = f"{FIRST_DAY.year} to {LAST_DAY.year}"
DIGITS_OF_A_VERSION = 9


class TryLater(click.ClickException):
    """Another load works. The status is EX_TEMPFAIL of sysexits.h, which schedulers know."""

    exit_code = 75


class WrongUse(click.ClickException):
    """What another time is no help for: the status of wrong use."""

    exit_code = 2


class Version(click.ParamType):
    """The number of a published version; "newest" where none is said."""

    name = "VERSION"

    def convert(self, value: Any, param: Any, ctx: Any) -> str | int:
        if value == NEWEST or isinstance(value, int):
            return value
        if not value.isdecimal() or len(value) > DIGITS_OF_A_VERSION:
            self.fail(f"{value!r} is not a version: write it as 1, 2, 3 …", param, ctx)
        return int(value)


class Address(click.ParamType):
    """A database's address. An empty one, as of a variable that isn't set, is not the usual one."""

    name = "ADDRESS"

    def convert(self, value: Any, param: Any, ctx: Any) -> str:
        if not value.strip():
            self.fail("it is empty: give the address, or leave the option out.", param, ctx)
        return value


database_option = click.option(
    "--database", type=Address(), help="The case database's address; config.toml's unless said."
)
into_option = click.option(
    "--into",
    type=Address(),
    help="The address to build the case database at; config.toml's unless said.",
)
published_option = click.option(
    "--published",
    type=Version(),
    is_flag=False,
    flag_value=NEWEST,
    help="As published: the newest version, or the one whose number is given.",
)
known_now_option = click.option(
    "--known-now", is_flag=True, help="As known now, though the month is published."
)
format_option = click.option(
    "--format",
    "form",
    type=click.Choice(["table", "csv", "json"]),
    default="table",
    help="table for people; csv and json have stable keys. In csv a text that a spreadsheet would"
    " run begins with an apostrophe.",
)


class Month(click.ParamType):
    """A month as 2016-09."""

    name = "YYYY-MM"

    def convert(self, value: Any, param: Any, ctx: Any) -> Period:
        if isinstance(value, Period):
            return value
        try:
            month = Period.parse(value)
        except ValueError:
            self.fail(f"{value!r} is not a month: write it as 2016-09.", param, ctx)
        if not FIRST_DAY <= month.start <= LAST_DAY:
            self.fail(f"{value!r} is no month of {YEARS}.", param, ctx)
        return month


class Day(click.ParamType):
    """A day as 2016-10-03."""

    name = "YYYY-MM-DD"

    def convert(self, value: Any, param: Any, ctx: Any) -> date:
        if isinstance(value, date):
            return value
        try:
            day = date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is not a day: write it as 2016-10-03.", param, ctx)
        if not FIRST_DAY <= day <= LAST_DAY:
            self.fail(f"{value!r} is no day of {YEARS}.", param, ctx)
        return day


def fails_in_one_line(command: Callable) -> Callable:
    """A failure is one line on standard error and exit status 1; 75 while another load works."""

    @wraps(command)
    def run_command(*args: Any, **options: Any) -> Any:
        try:
            return command(*args, **options)
        except Busy as problem:
            raise TryLater(str(problem)) from problem
        except Problem as problem:
            raise click.ClickException(str(problem)) from problem
        except MemoryError as fault:
            raise click.ClickException(NO_MEMORY) from fault
        except BrokenPipeError:
            # Whoever read what is printed has enough ("| head -1"): no fault, and click ends here.
            raise
        except (SQLAlchemyError, OSError) as fault:
            first_line = str(getattr(fault, "orig", None) or fault).splitlines()[0]
            raise click.ClickException(f"It could not be done: {first_line}.") from fault

    return run_command


def wrong_settings_are_wrong_use(command: Callable) -> Callable:
    """Wrong settings end with exit status 2, as wrong use does: another time is no help."""

    @wraps(command)
    def run_command(*args: Any, **options: Any) -> Any:
        try:
            return command(*args, **options)
        except click.ClickException as complaint:
            if isinstance(complaint.__cause__, WrongSettings):
                raise WrongUse(str(complaint.__cause__)) from complaint
            raise

    return run_command
