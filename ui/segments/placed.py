"""How long it takes until a family who fits no unit has a lead in a long-term one."""

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from data_access.guard.open_rows import Restricted
from data_access.viewer import read_sums
from metrics.model import FEWEST
from metrics.segments.placed import Placed, counted_by_state, waits
from metrics.writing import several
from ui.segments.opening import Segmented

ABOUT = (
    ", segmented or area, in days from authorisation, of families who fitted none at the end of any"
    " of the last twelve months or today:"
)
APART = "Those are in neither number."


def placed_line(on: Segmented) -> Markup:
    """Half and nine in ten, with their n; who still waits, and who never did, told apart."""
    page = on.page
    rows = read_sums(
        page.engine,
        waits(page.address.view.scope, page.basis),
        page.viewer,
        counted_by_state,
        restricted=Restricted.LEFT_OUT,
    )
    if not rows:
        return Markup("")
    by_state = {row.state: row for row in rows}
    return Markup("<p><b>To a long-term unit</b>{} {}</p>").format(ABOUT, placed_words(by_state))


def placed_words(by_state: Mapping[str, Any]) -> str:
    """What is said of `counted_by_state`, by state: no number of days stands for who waits."""
    said = [f"{_came(by_state.get(Placed.CAME))}."]
    beside = [
        several(by_state[state].families, *words)
        for state, words in APART_WORDS.items()
        if state in by_state
    ]
    if beside:
        said.append(f"{'; '.join(beside)}. {APART}")
    return " ".join(said)


APART_WORDS: Mapping[Placed, tuple[str, str]] = {
    Placed.WAITS: ("still waits", "still wait"),
    Placed.CLOSED: ("was closed without one", "were closed without one"),
    Placed.HAD_ONE: ("had one before authorisation", "had one before authorisation"),
    Placed.NOT_KNOWN: (
        "was authorised before the allocations begin",
        "were authorised before the allocations begin",
    ),
}


def _came(row: Any | None) -> str:
    if row is None:
        return "none has come to one since its authorisation"
    if row.families < FEWEST:
        came = several(row.families, "has come to one", "have come to one")
        return f"{came}, too few to say how soon (fewer than {FEWEST})"
    half, nine = several(row.half, "day"), several(row.nine_in_ten, "day")
    return f"half of {row.families} within {half}, nine in ten within {nine}"
