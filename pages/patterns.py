"""Patterns: which concern factors families bring to each unit, together and over time."""

from ui.patterns.cut_table import cut_figure, in_and_out_table, refuse_a_wrong_cut
from ui.patterns.opening import patterns
from ui.patterns.tables import factors_table, pairs_table
from ui.session import open_page

with open_page("patterns") as page:
    refuse_a_wrong_cut(page)
    on = patterns(page)
    page.draw(factors_table(on), pairs_table(on), cut_figure(on), in_and_out_table(on))
