"""The register of pages: what each is called, whether the menu has it, what a link to it keeps."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

HOME = "month"


class Keeps(Enum):
    """What of an address goes with whoever moves to a page, beside the month."""

    NOTHING = "nothing"
    UNIT = "the unit"
    FIGURE = "the metric and the unit"
    NAMED_FIGURE = "the metric and the unit, where the address names a metric"


@dataclass(frozen=True)
class RegisteredPage:
    """One page. `name` is its file in `pages/` and its address; `title` is what people read.

    `of_a_month`: it shows a month's figures, which may be published. `of_today`: its lists stand
    at the data's last day, whatever the month. `of_a_row`: it is about one row of a list, which
    another month doesn't have.
    """

    name: str
    title: str
    in_menu: bool = False
    of_a_month: bool = False
    of_today: bool = False
    of_a_row: bool = False
    keeps: Keeps = Keeps.NOTHING


PAGES: Mapping[str, RegisteredPage] = {
    page.name: page
    for page in (
        RegisteredPage("month", "Month", in_menu=True, of_a_month=True),
        RegisteredPage("metric", "Metric", in_menu=True, of_a_month=True, keeps=Keeps.FIGURE),
        RegisteredPage(
            "unit", "Unit", in_menu=True, of_a_month=True, of_today=True, keeps=Keeps.UNIT
        ),
        RegisteredPage("recording", "Recording", in_menu=True, of_a_month=True, keeps=Keeps.UNIT),
        RegisteredPage("agenda", "Agenda", in_menu=True),
        RegisteredPage("actions", "Actions", in_menu=True, keeps=Keeps.NAMED_FIGURE),
        RegisteredPage("definitions", "Definitions", in_menu=True),
        RegisteredPage("export", "Export", in_menu=True, of_a_month=True),
        RegisteredPage("child", "Child", of_a_row=True),
        RegisteredPage("dispute", "This looks wrong", of_a_row=True),
        RegisteredPage("notes", "Notes and limits", keeps=Keeps.FIGURE),
        RegisteredPage("room", "Meeting"),
        RegisteredPage("cases", "Cases"),
    )
}
MENU = tuple(page for page in PAGES.values() if page.in_menu)


def href(name: str) -> str:
    """Where a page is, to be followed by "?" and what its address says; Month has no name there."""
    return "./" if name == HOME else f"./{PAGES[name].name}"
