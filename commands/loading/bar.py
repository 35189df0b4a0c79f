"""The bar of a load on standard error: for somebody who watches, and for nobody else."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click

from loading.loads import Say


@contextmanager
def bar(label: str) -> Iterator[Say]:
    """What is told each step and the share that is done; where no terminal is, it says nothing."""
    hidden = not sys.stderr.isatty()
    with click.progressbar(length=100, label=label, file=sys.stderr, hidden=hidden) as shown:

        def progress(step: str, share: float) -> None:
            shown.label = step
            shown.update(round(share * 100) - shown.pos)

        yield progress
