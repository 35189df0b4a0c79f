"""ChildStat's command line: everything that the screens show, for scheduled jobs and checking."""

import click

from commands.register import Commands
from data_access.connection.collecting import collect_seldom
from data_access.connection.private_files import keep_to_owner


@click.group(cls=Commands)
def main() -> None:
    """ChildStat: the monthly performance dashboard for children's social care."""
    keep_to_owner()
    collect_seldom()


if __name__ == "__main__":
    main()
