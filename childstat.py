"""ChildStat's command line: everything that the screens show, for scheduled jobs and checking."""

import os
import sys
from pathlib import Path

import click

from commands import asking, building, checking, meeting
from commands.access.group import access
from commands.doctor.command import doctor
from commands.output import Terminal
from commands.parameters import database_option, fails_in_one_line
from commands.spc import spc
from data_access.connection.private_files import keep_to_owner
from data_access.settings import DATABASE_VARIABLE


@click.group(cls=Terminal)
def main() -> None:
    """ChildStat: the monthly performance dashboard for children's social care."""
    keep_to_owner()


@click.command(context_settings={"ignore_unknown_options": True})
@database_option
@click.argument("streamlit_options", nargs=-1, type=click.UNPROCESSED)
@fails_in_one_line
def run(database: str | None, streamlit_options: tuple[str, ...]) -> None:
    """Start the dashboard on this machine: the same as 'streamlit run app.py'."""
    if database:
        os.environ[DATABASE_VARIABLE] = database
    app = Path(__file__).with_name("app.py")
    os.chdir(app.parent)
    command = [sys.executable, "-m", "streamlit", "run", str(app), *streamlit_options]
    os.execv(sys.executable, command)


for command in (
    building.demo,
    building.create,
    building.load,
    building.derive,
    checking.check,
    asking.figures,
    asking.rows,
    spc,
    asking.export,
    meeting.publish,
    meeting.store,
    access,
    doctor,
    run,
):
    main.add_command(command)

if __name__ == "__main__":
    main()
