"""How often one child is to be seen, and when next, on the page Child."""

from markupsafe import Markup

from charts.tables import table
from ui.child.journey import Story
from ui.listing.intervals import every_words, interval_words
from ui.not_in_source import why_no_work
from ui.session import Page

TO_BE_SEEN = (
    "Plan",
    "Counted from",
    "Next due (this child’s interval)",
    "To be seen (standard unless agreed)",
    "Due by standard",
    "Due by law",
)
# A telephone moves their tables sideways: by key too.
SECTIONS = (
    '<section tabindex="0" aria-label="To be seen next"><h2>To be seen next</h2>{}</section>'
    '<section tabindex="0" aria-label="Intervals agreed">{}{}</section>'
)


def how_often(page: Page, story: Story) -> Markup:
    """The clocks that run now and by which interval; who agreed it, and why."""
    running = [row for row in story["clocks"] if row.is_running]
    due = table(
        TO_BE_SEEN,
        [
            (
                row.kind,
                row.clock_started_on,
                row.due_on,
                interval_words(row),
                row.standard_due_on,
                row.lawful_due_on,
            )
            for row in running
        ],
    )
    agreed = table(
        ("From", "Until", "Plan", "Interval", "Agreed by", "Why", "In force"),
        [
            (
                row.effective_from,
                row.effective_to,
                row.kind,
                every_words(row.every, row.period),
                row.authorised_by,
                row.reason,
                row.is_in_force,
            )
            for row in story["agreed_intervals"]
        ],
    )
    nothing_due = why_no_work(page) or Markup("<p>No visit is due: no plan is open.</p>")
    return Markup(SECTIONS).format(
        due if running else nothing_due,
        Markup("<h2>Intervals agreed for this child</h2>"),
        agreed if story["agreed_intervals"] else Markup("<p>None: the standard applies.</p>"),
    )
