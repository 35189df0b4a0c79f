"""adults: which adults of one name may be one person that the source has twice."""

import click
from sqlalchemy import Engine

from commands.matching.teams import opened
from commands.output import print_rows
from commands.parameters import database_option, fails_in_one_line, format_option
from data_access.database import read
from data_access.load_info import LoadInfo
from data_access.problems import NotAllowed
from data_access.settings import EVERY_UNIT
from data_access.viewer import local_viewer
from metrics.council.checked import checked_settings
from metrics.network.alike import adults_alike, named_adults

COLUMNS = ("group", "person_id", "name", "sex", "children", "sources")
NOT_ALL = (
    "Adults of one name are listed for who may see names and every unit: [viewer] in the settings"
    " says otherwise here."
)


@click.command()
@database_option
@format_option
@fails_in_one_line
def adults(database: str | None, form: str) -> None:
    """Print adults of one name who may be one person with two numbers: for who keeps the source.

    Nothing is put together by it: Linked adults goes by the number alone.
    """
    viewer = local_viewer(checked_settings())
    if not viewer.may_see_names or EVERY_UNIT not in viewer.units:
        raise NotAllowed(NOT_ALL)
    with opened(database) as (_, engine, load):
        print_rows(COLUMNS, _rows(engine, load), form)


def _rows(engine: Engine, load: LoadInfo) -> list[tuple]:
    groups = adults_alike(read(engine, named_adults(load.as_at)))
    return [
        (number, one.person_id, one.name, one.sex, one.children, ", ".join(one.sources))
        for number, group in enumerate(groups, start=1)
        for one in group
    ]
