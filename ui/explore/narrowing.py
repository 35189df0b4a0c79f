"""Which rows an address narrows a figure to: a part by its code, a worker never by name or id."""

from collections.abc import Callable, Mapping

from metrics.explore.cutting import BELOW, Narrowed, Part
from metrics.explore.offered import BY_UNIT, BY_WORKER
from metrics.explore.spans import Span
from metrics.model import Cut, Metric
from ui.address import WrongAddress, code
from ui.codes import NO_WORKER, nowhere, workers_of
from ui.explore.question import Question
from ui.session import Page

NONE = "none"
ONLY, NOT = "only-", "not-"


def narrowed_by(
    said: Mapping[str, str], page: Page, span: Span, cut_named: Callable[[str, str], Cut]
) -> list[Narrowed]:
    """What the parts of an address say to narrow the rows to, by name of each cut."""
    return [
        Narrowed(
            cut := _cut_to_narrow(name, cut_named),
            tuple(_part_named(one, name, cut, page, span) for one in value.split(",")),
            name.startswith(NOT),
        )
        for name, value in said.items()
        if name.startswith((ONLY, NOT))
    ]


def _cut_to_narrow(name: str, cut_named: Callable[[str, str], Cut]) -> Cut:
    cut = cut_named(name.partition("-")[2], name)
    if cut is BY_UNIT:
        raise WrongAddress(f"The address’s “{name}” is a unit: write it as “unit=…”.")
    return cut


def _part_named(written: str, name: str, cut: Cut, page: Page, span: Span) -> object:
    """Which part the address means: a code, the lowest of a band, a worker; None for nothing."""
    if cut.of_workers:
        return _worker_named(written, name, page, span)
    if written == NONE:
        return None
    if not cut.bands:
        known = names_of(cut, page.address.metric)
        parts: dict[str, object] = {key: key for key in known or [written]}
    else:
        parts = {str(lowest): lowest for lowest in (*cut.bands, BELOW)}
    if written not in parts:
        raise WrongAddress(
            f"The address’s “{name}” is no part of {cut.name.lower()}: write one of"
            f" {', '.join(parts)}, or {NONE}."
        )
    return parts[written]


def _worker_named(written: str, name: str, page: Page, span: Span) -> str | None:
    code({name: written}, name)
    codes = workers_of(page, (part.key for part in _workers(page, span)))  # type: ignore[misc]
    worker_id = codes.whose(written)
    if worker_id is None:
        raise nowhere(page)
    return None if worker_id == NO_WORKER else worker_id


def _workers(page: Page, span: Span) -> list[Part]:
    """All workers of the rows that are open to the viewer."""
    scope = page.address.view.scope
    return Question(page, {}, BY_WORKER, span, (), None).parts_of(scope, span)


def names_of(cut: Cut, metric: Metric) -> Mapping[str, str]:
    """The parts' names in their order: the cut's own, or those of the metric's split."""
    return cut.names or (metric.split.names if metric.split.by == cut.key else {})


def part_address(cut: Cut, part: Part, page: Page) -> str:
    """What an address calls the part: a worker by a code."""
    if cut.of_workers:
        worker_id = part.key or NO_WORKER
        return workers_of(page, [str(worker_id)]).code_of(str(worker_id))
    if part.key is None:
        return NONE
    return str(part.key)
