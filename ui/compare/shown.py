"""One comparison: how long it was followed, then what can be told, its curves and numbers."""

from collections.abc import Sequence
from datetime import timedelta

from markupsafe import Markup

from charts.curves import curves
from charts.tables import folded, table
from meeting.comparing import BEFORE, Comparison
from metrics.compare.counting import Side
from metrics.compare.told import UNEQUAL, Told
from metrics.writing import written_date
from ui.session import Page

CHANGED_TOO = "One set before and after a day: whatever else changed in that time is in it too."
SEEN = "Still followed, without it"


def message(page: Page, one: Comparison, told: Told) -> Markup:
    """What can be told in a line; then the question, whose cases, since when and as at when."""
    back = page.address.link("compare", **page.address.unit)
    return Markup(
        '<div class="cs-title"><h1>{}</h1><nav aria-label="This page">'
        '<a class="cs-button" href="{}" target="_self">All comparisons</a></nav></div>'
        '<p class="cs-question">{}</p><p>{}</p><p class="cs-standing">{}</p>'
    ).format(told["headline"], back, one.question, _of_what(one), _standing(page, one))


def _of_what(one: Comparison) -> str:
    days = [_days(side) for side in (one.own, one.other)]
    if one.kind != BEFORE:
        both = f"{one.own.name}, beside those that entered {one.other.name}"
        return f"Outcome: {one.outcome.name}. Cases that entered {both}: {days[0]}."
    cases = f"Cases that entered {days[0]}, beside those that entered {days[1]}."
    return f"Outcome: {one.outcome.name}. {cases} {CHANGED_TOO}"


def _days(side: Side) -> str:
    return f"{written_date(side.first)} to {written_date(side.until - timedelta(days=1))}"


def _standing(page: Page, one: Comparison) -> str:
    asked = f"Asked by {one.asked_by}, {written_date(one.asked_at)}."
    if one.as_at and one.published_by and one.published_at:
        return (
            f"As at {written_date(one.as_at)}. {asked} Published by {one.published_by},"
            f" {written_date(one.published_at)}, and not changed since."
        )
    day = written_date(page.live.load.as_at)
    return f"As at {day}. {asked} Not published: each load counts it anew."


def curves_part(one: Comparison, told: Told) -> Markup:
    """The curves, each with its dash, over how many are still seen."""
    says = " ".join((told["headline"], *told["said"][:1]))
    return Markup("<h2>{} by when, counted from the first day of each case</h2>{}").format(
        one.outcome.name.partition(",")[0].capitalize(),
        curves(told["curves"], f"{says} Numbers are in the table."),
    )


def reading_part(told: Told) -> Markup:
    """How long each was followed, before what is told of it; how intervals were made, once."""
    can_be_told = "What is seen so far" if told["is_early"] else "What can be told"
    how = "" if told["how"] in told["like"] else told["how"]
    like = Markup("<h2>Like beside like: need, level and age at entry</h2>{}").format(
        _lines(told["like"])
    )
    return Markup("<h2>How long they were followed</h2>{}<h2>{}</h2>{}{}{}").format(
        _lines(told["follow_up"]),
        can_be_told,
        _lines(told["said"]),
        like,
        Markup('<p class="cs-note cs-quiet">{}</p>').format(how),
    )


def numbers_part(one: Comparison, told: Told) -> Markup:
    """The table beneath: the same time from entry a row; shares so far crossed through."""
    headings = [
        "After",
        one.own.name,
        one.other.name,
        "Difference",
        "95% interval",
        "Told apart?",
        SEEN,
    ]
    so_far = (Markup("<s>{}</s>").format(share) for share in told["so_far"])
    rows: list[Sequence[object]] = [*told["at"], ("so far", *so_far, "–", "–", UNEQUAL, "–")]
    return Markup("<h2>After the same time</h2>{}{}{}").format(
        table(headings, rows),
        Markup("<h2>Who is not of it, and who was followed no longer</h2>{}").format(
            _lines(told["left_out"])
        ),
        _without_like(one, told),
    )


def _without_like(one: Comparison, told: Told) -> Markup:
    if not told["without_like"]:
        return Markup("")
    cells = table(("Need, level and age at entry", "Cases"), told["without_like"])
    return folded(f"Cases of {one.own.name} with none like them in the other", cells)


def _lines(told: Sequence[str]) -> Markup:
    lines = Markup("").join(Markup("<li>{}</li>").format(line) for line in told)
    return Markup('<ul class="cs-rules">{}</ul>').format(lines)
