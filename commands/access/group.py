"""access: who may look, who is looking, and who has looked."""

import click

from commands.access import auditing, giving, looking


@click.group()
def access() -> None:
    """Say who may look, end sessions, and read who has looked."""


for command in (
    giving.grant,
    giving.withdraw,
    giving.confirm,
    looking.list_people,
    looking.who,
    looking.sessions,
    looking.end,
    looking.end_all,
    auditing.audit,
    auditing.unusual,
    auditing.subject,
    auditing.verify,
    auditing.head,
    auditing.purge,
):
    access.add_command(command)
