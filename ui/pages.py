"""The register of pages: what each is called, to whom it is open, what a link to it keeps."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from data_access.guard.of_staff import sees_staff
from data_access.settings import EVERY_UNIT
from data_access.viewer import Act, Viewer
from ui.acts import may

HOME, ROOM = "month", "room"


class Keeps(Enum):
    """What of an address goes with whoever moves to a page, beside the month."""

    NOTHING = "nothing"
    UNIT = "the unit"
    FIGURE = "the metric and the unit"
    QUESTION = "the metric, the unit, and how the figure is cut, narrowed and set beside another"
    NAMED_FIGURE = "the metric and the unit, where the address names a metric"


class Figures(Enum):
    """Whose figures a page is made of: nobody's, those of any unit, or those of every unit."""

    NONE = "none"
    ANY = "any"
    EVERY = "every"


@dataclass(frozen=True)
class RegisteredPage:
    """One page. `name` is its file in `pages/` and its address; `title` is what people read.

    `of_a_month`: it shows a month's figures, which may be published. `of_today`: what it lists
    stands as it is today, whatever the month. `of_a_row`: it is about one row of a list, which
    another month doesn't have.

    `of_a_day`: it shows a month as it was known on a day, where the address names one.

    `called_by`: what of the address stands for the page's title in the browser's tab.

    What somebody needs to open it: `figures`, `rows` of some unit (of the one that the address
    names, if it names one; with `whole_units` of all of
    its children, not own ones alone), and an `act`; with `of_staff` to be a worker, or to manage
    a unit's. A session of the meeting opens what is `of_the_meeting`.
    """

    name: str
    title: str
    in_menu: bool = False
    of_a_month: bool = False
    of_today: bool = False
    of_a_row: bool = False
    of_a_day: bool = False
    keeps: Keeps = Keeps.NOTHING
    figures: Figures = Figures.ANY
    rows: bool = False
    whole_units: bool = False
    of_staff: bool = False
    act: Act | None = None
    of_the_meeting: bool = False
    called_by: Keeps = Keeps.NOTHING

    @property
    def has_months(self) -> bool:
        """Whether another month shows anything else; else the page names no month, and has none."""
        return self.of_a_month or not self.of_today

    def is_open_to(self, viewer: Viewer) -> bool:
        """Whether it may be opened by this viewer at all: denied unless all that it needs is."""
        has_figures = {
            Figures.NONE: True,
            Figures.ANY: bool(viewer.figures),
            Figures.EVERY: EVERY_UNIT in viewer.figures,
        }
        has_rows = bool(viewer.units or viewer.opened) or not self.rows
        if self.whole_units and (not viewer.units or viewer.own_children is not None):
            return False
        if self.of_staff and not sees_staff(viewer):
            return False
        return (
            has_figures[self.figures] and has_rows and (self.act is None or may(viewer, self.act))
        )


PAGES: Mapping[str, RegisteredPage] = {
    page.name: page
    for page in (
        RegisteredPage("month", "Month", in_menu=True, of_a_month=True),
        RegisteredPage(
            "metric",
            "Metric",
            in_menu=True,
            of_a_month=True,
            of_a_day=True,
            keeps=Keeps.FIGURE,
            called_by=Keeps.FIGURE,
        ),
        RegisteredPage(
            "unit",
            "Unit",
            in_menu=True,
            of_a_month=True,
            of_today=True,
            keeps=Keeps.UNIT,
            rows=True,
            called_by=Keeps.UNIT,
        ),
        RegisteredPage(
            "segments",
            "Segments",
            in_menu=True,
            of_today=True,
            keeps=Keeps.UNIT,
            rows=True,
            whole_units=True,
        ),
        RegisteredPage("patterns", "Patterns", keeps=Keeps.UNIT),
        RegisteredPage(
            "practice",
            "Practice",
            in_menu=True,
            of_today=True,
            keeps=Keeps.UNIT,
            figures=Figures.NONE,
            of_staff=True,
        ),
        RegisteredPage("recording", "Recording", in_menu=True, of_a_month=True, keeps=Keeps.UNIT),
        RegisteredPage("agenda", "Agenda", in_menu=True),
        RegisteredPage(
            "room",
            "Meeting",
            in_menu=True,
            figures=Figures.EVERY,
            act=Act.CHAIR,
            of_the_meeting=True,
        ),
        RegisteredPage("actions", "Actions", in_menu=True, keeps=Keeps.NAMED_FIGURE),
        RegisteredPage("lessons", "Lessons", of_today=True, keeps=Keeps.NAMED_FIGURE),
        RegisteredPage("remarks", "Remarks", of_today=True, keeps=Keeps.NAMED_FIGURE),
        RegisteredPage("definitions", "Definitions", in_menu=True),
        RegisteredPage("export", "Export", in_menu=True, of_a_month=True),
        RegisteredPage(
            "loads", "Loads", in_menu=True, of_today=True, figures=Figures.EVERY, act=Act.LOAD
        ),
        RegisteredPage("people", "People", in_menu=True, figures=Figures.NONE, act=Act.ADMINISTER),
        RegisteredPage("audit", "Audit", in_menu=True, figures=Figures.NONE, act=Act.AUDIT),
        RegisteredPage("help", "Help", figures=Figures.NONE),
        RegisteredPage("child", "Child", of_a_row=True, rows=True),
        RegisteredPage(
            "network",
            "Linked adults",
            of_a_row=True,
            figures=Figures.NONE,
            rows=True,
            act=Act.SEE_NETWORK,
        ),
        RegisteredPage("search", "Search", of_today=True, rows=True),
        RegisteredPage("dispute", "This looks wrong", of_a_row=True, rows=True, act=Act.NOTE),
        RegisteredPage("transfers", "Transfers", of_today=True, keeps=Keeps.UNIT, rows=True),
        RegisteredPage("explore", "Explore", of_a_month=True, keeps=Keeps.QUESTION),
        RegisteredPage("compare", "Compare", of_today=True, keeps=Keeps.UNIT),
        RegisteredPage("education", "Education and services", of_today=True, keeps=Keeps.UNIT),
        RegisteredPage("teams", "Teams", of_today=True, figures=Figures.EVERY, act=Act.LOAD),
        RegisteredPage("notes", "Notes and limits", keeps=Keeps.FIGURE),
        RegisteredPage("cases", "Cases", figures=Figures.EVERY, rows=True, act=Act.DRAW_CASES),
    )
}


def menu_of(viewer: Viewer, is_meeting: bool = False) -> list[RegisteredPage]:
    """The pages that this viewer's menu has: those that open; a meeting's session has its own."""
    return [
        page
        for page in PAGES.values()
        if (page.of_the_meeting if is_meeting else page.in_menu) and page.is_open_to(viewer)
    ]


def href(name: str) -> str:
    """Where a page is, to be followed by "?" and what its address says; Month has no name there."""
    return "./" if name == HOME else f"./{PAGES[name].name}"
