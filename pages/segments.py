"""Segments: which unit each family is for, who fits none, who is held elsewhere, and the rules."""

from ui.forms import done_line
from ui.listing.asked_for import find_box
from ui.segments.counts import classes_table, outcomes_line
from ui.segments.decisions import note_form
from ui.segments.opening import ELSEWHERE, QUEUE, RULES, part_named, segmented, segments_title
from ui.segments.placed import placed_line
from ui.segments.rows import families, families_section, lists_of
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
        asked = find_box(
            page, lists_of(on, part).asked(), "the unit that holds it, the kind of no fit"
        )
        rows = families(on, part, asked)
        page.draw(families_section(on, part, rows, asked))
        if part == ELSEWHERE:
            note_form(on, rows)
