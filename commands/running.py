"""run, which starts the dashboard."""

import os
import sys
from pathlib import Path

import click

from commands.parameters import database_option, fails_in_one_line
from data_access.settings import DATABASE_VARIABLE

APP = Path(__file__).parent.parent / "app.py"


@click.command(context_settings={"ignore_unknown_options": True})
@database_option
@click.argument("streamlit_options", nargs=-1, type=click.UNPROCESSED)
@fails_in_one_line
def run(database: str | None, streamlit_options: tuple[str, ...]) -> None:
    """Start the dashboard on this machine: the same as 'streamlit run app.py'."""
    if database:
        os.environ[DATABASE_VARIABLE] = database
    os.chdir(APP.parent)
    command = [sys.executable, "-m", "streamlit", "run", str(APP), *streamlit_options]
    os.execv(sys.executable, command)
