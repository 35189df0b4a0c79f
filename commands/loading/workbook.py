"""Commands of the workbook: `template` writes it, `load workbook` reads it and marks its faults."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import click

from commands.load_told import accept_loss_option, load_and_tell
from commands.loading.options import add_option, covers_from_option, data_to_option
from commands.output import say, typed, warn
from commands.parameters import fails_in_one_line, into_option
from data_access.problems import Problem
from data_access.settings import LoadingLimits
from loading.loads import in_silence
from loading.nightly.kinds import READERS, Asked
from loading.sources.reading import ERROR, Issue
from loading.sources.tables_book.annotated import annotate, annotated_beside
from loading.sources.tables_book.reading import WorkbookRefused
from loading.sources.tables_book.template import write_template
from metrics.council.checked import checked_settings
from metrics.writing import several

FILE = click.Path(path_type=Path)
TEMPLATE = Path("childstat-template.xlsx")


@click.command()
@click.argument("file", type=FILE, default=TEMPLATE)
@fails_in_one_line
def template(file: Path) -> None:
    """Write an Excel workbook to fill in with what the case system does not hold."""
    titles = write_template(file)
    say(f"{file}: {several(len(titles), 'sheet')} to fill: {', '.join(titles)}.")
    say(f"Next: python childstat.py load workbook {typed(file)} --add")


@click.command(name="workbook")
@click.argument("file", type=FILE)
@click.option(
    "--annotated",
    type=FILE,
    help="Where the copy with its faults marked goes, over what is there; beside FILE unless said.",
)
@into_option
@data_to_option
@covers_from_option
@add_option
@accept_loss_option
@fails_in_one_line
def load_workbook(
    file: Path,
    annotated: Path | None,
    into: str | None,
    data_to: date | None,
    covers_from: tuple[tuple[str, date], ...],
    add: bool,
    accept_loss: tuple[str, ...],
) -> None:
    """Load the workbook that `template` writes; what is wrong is marked in a copy of it."""
    if annotated is not None and annotated.resolve() == file.resolve():
        raise click.UsageError("--annotated is the workbook itself: name another file.")
    settings = checked_settings()
    with _marked(file, annotated, settings.loading_limits) as issues:
        asked = Asked([file], data_to, dict(covers_from))
        (reading,) = READERS["workbook"](asked, settings, in_silence)
        issues.extend(reading.issues)
        issues.extend(load_and_tell([reading], into, add, accept_loss).issues)


@contextmanager
def _marked(file: Path, annotated: Path | None, limits: LoadingLimits) -> Iterator[list[Issue]]:
    """Writes the copy at the end, whether the load went well or was refused, and says where."""
    issues: list[Issue] = []
    try:
        yield issues
    except Problem as problem:
        issues += problem.issues if isinstance(problem, WorkbookRefused) else [_whole(problem)]
        said = _copy(file, annotated, issues, limits)
        raise Problem(f"{problem}{said and ' '}{said}") from problem
    said = _copy(file, annotated, issues, limits)
    if said:
        warn(said)


def _whole(problem: Problem) -> Issue:
    return Issue("refused", "workbook", None, ERROR, str(problem))


def _copy(
    file: Path, annotated: Path | None, issues: Sequence[Issue], limits: LoadingLimits
) -> str:
    """What is said of the copy; nothing where none was needed, or the file can't be opened."""
    to = annotated or annotated_beside(file)
    try:
        marked = annotate(file, to, issues, limits)
    except Problem:
        # It is no workbook that can be opened, and that is what the load says.
        return ""
    except OSError as fault:
        return f"The copy with its faults marked could not be written to {to}: {fault.strerror}."
    return f"{several(marked, 'issue')} marked in the copy {to}." if marked else ""
