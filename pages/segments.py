"""Segments: which unit each family is for, who fits none, who is held elsewhere, and the rules."""

from ui.forms import done_line
from ui.listing.asked_for import find_box
from ui.segments.counts import classes_table, outcomes_line
from ui.segments.decisions import note_form
from ui.segments.opening import (
    ELSEWHERE,
    HERE,
    QUEUE,
    RULES,
    part_named,
    segmented,
    segments_title,
)
from ui.segments.placed import placed_line
from ui.segments.reading import FOUND_BY, families
from ui.segments.rows import families_section, lists_of
from ui.segments.what_if import rules_table, what_if
from ui.session import open_page

with open_page("segments") as page:
    part = part_named(page)
    on = segmented(page)
    page.draw(done_line(), segments_title(on, part))
    if part == RULES:
        page.draw(rules_table(on))
        what_if(on)
    else:
        if part == QUEUE:
            page.draw(outcomes_line(on), placed_line(on), classes_table(on))
        asked = find_box(page, lists_of(on, part).asked(), FOUND_BY)
        parts = (part, HERE) if part == ELSEWHERE and on.here else (part,)
        listed = {name: families(on, name, asked) for name in parts}
        page.draw(*(families_section(on, name, rows, asked) for name, rows in listed.items()))
        if part == ELSEWHERE:
            note_form(on, [row for rows in listed.values() for row in rows])
