"""Options that commands which load a source share."""

from datetime import date
from typing import Any

import click

from commands.parameters import Day
from data_access.problems import Problem
from loading.sources.said_of_load import known_table

add_option = click.option(
    "--add", is_flag=True, help="Keep the tables that other sources brought before."
)
data_to_option = click.option(
    "--data-to", type=Day(), help="The last day that the source covers, where it can't tell."
)


class Held(click.ParamType):
    """A table and the day since which all of it is held, as referral=2011-04-04."""

    name = "TABLE=YYYY-MM-DD"

    def convert(self, value: Any, param: Any, ctx: Any) -> tuple[str, date]:
        table, is_said, day = value.partition("=")
        if not is_said:
            self.fail(f"{value!r} is not a table and a day: write referral=2011-04-04.", param, ctx)
        try:
            return known_table(table, value), Day().convert(day, param, ctx)
        except Problem as problem:
            self.fail(str(problem), param, ctx)


covers_from_option = click.option(
    "--covers-from",
    "covers_from",
    multiple=True,
    type=Held(),
    help="Since when every row of a table is held, as referral=2011-04-04; may be repeated.",
)
