"""The rules with how many families each fits, and what a changed rule would do: nothing is kept."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import streamlit as st
from markupsafe import Markup
from sqlalchemy import Row

from charts.tables import stacked, table
from data_access.guard.open_rows import Restricted
from data_access.settings_file.segment_checks import segment_checks
from data_access.unit_settings.segment_settings import SegmentRule, Segments
from data_access.viewer import read_sums
from metrics.segments.judging import Outcome, judged
from metrics.segments.listed import by_what_was_found, of_every_day
from metrics.segments.overlaps import overlaps_told
from metrics.segments.proposing import assessed_in
from metrics.segments.rules import rules_on
from metrics.writing import several
from ui.segments.opening import Segmented
from ui.segments.rows import unbroken

HEADINGS = ("Unit", "Is for", "Needs", "None of", "Applies from", "Source", "Families now")
ABOUT = (
    "Change one rule in a copy and see how many of the families who are open now would be for"
    " another unit. Nothing is written: the rules stand in segments.toml."
)
NOBODY = "no unit"


def rules_table(on: Segmented) -> Markup:
    """Every rule in force, in the file's order, with how many families it fits."""
    fitting = Counter[str]()
    for row in on.today:
        fitting[row.proposed_unit] += row.families if row.proposed_unit else 0
    segments = on.page.live.settings.segments
    rows = [
        (
            unbroken(on.proposed(rule.unit)),
            rule.name,
            _needs(segments, rule),
            _names(segments, rule.without),
            rule.applies_from,
            rule.source,
            fitting[rule.unit],
        )
        for rule in segments.on(on.day)
    ]
    return stacked(HEADINGS, rows)


def _needs(segments: Segments, rule: SegmentRule) -> str:
    said = "; and ".join(_names(segments, need, " or ") for need in rule.needs)
    old = f", in a child of {rule.child_age_from} or over when assessed"
    return said + (old if rule.child_age_from else "")


def _names(segments: Segments, keys: Sequence[str], between: str = ", ") -> str:
    return between.join(segments.group(key).name for key in keys)


def what_if(on: Segmented) -> None:
    """Asks for a change of one rule, and tells what it would do."""
    segments = on.page.live.settings.segments
    on.page.draw(Markup('<h2>What if</h2><p class="cs-note">{}</p>').format(ABOUT))
    in_force = segments.on(on.day)
    place = st.selectbox("Rule", range(len(in_force)), format_func=lambda at: in_force[at].name)
    rule = in_force[place]
    changed = replace(
        rule,
        needs=_asked_needs(segments, rule),
        without=_groups(segments, "None of", rule.without, f"{rule.unit} without"),
        child_age_from=_asked_age(rule),
    )
    if changed == rule:
        return
    others = tuple(changed if one is rule else one for one in segments.rules)
    on.page.draw(_told(on, replace(segments, rules=others), changed))


def _asked_needs(segments: Segments, rule: SegmentRule) -> tuple[tuple[str, ...], ...]:
    return tuple(
        _groups(segments, f"Needs one of ({number})", need, f"{rule.unit} needs {number}")
        for number, need in enumerate(rule.needs, 1)
    )


def _groups(segments: Segments, label: str, chosen: Sequence[str], key: str) -> tuple[str, ...]:
    keys = [one.group for one in segments.groups]
    named = {one.group: one.name for one in segments.groups}
    return tuple(st.multiselect(label, keys, list(chosen), format_func=named.__getitem__, key=key))


def _asked_age(rule: SegmentRule) -> int | None:
    if rule.child_age_from is None:
        return None
    key = f"{rule.unit} age"
    return int(st.number_input("A child of so many years", 1, 17, rule.child_age_from, key=key))


def _told(on: Segmented, segments: Segments, changed: SegmentRule) -> Markup:
    """How many families would move, from where to where; or why the rule can't be so."""
    faults = [*segment_checks(segments), *overlaps_told(segments)]
    if not all(changed.needs):
        faults = ["A rule needs one group at least of each kind: without any it would fit nobody."]
    if faults:
        return Markup('<p class="cs-trouble">{}</p>').format(faults[0])
    moved = _moved(on, segments)
    if not moved:
        return Markup("<p>No family would be for another unit.</p>")
    rows = [
        (on.units.get(before, before), on.units.get(after, after), number)
        for (before, after), number in sorted(moved.items())
    ]
    families = several(sum(moved.values()), "family", "families")
    said = f"{families} would be for another unit, by what is recorded."
    return Markup("<p>{}</p>{}").format(said, table(("Now", "Then", "Families"), rows))


def _moved(on: Segmented, segments: Segments) -> Counter[tuple[str, str]]:
    """Families by what is proposed now and would be then, where these differ."""
    rules, moved = rules_on(segments, on.day), Counter[tuple[str, str]]()
    for row in _found(on):
        if row.outcome != Outcome.NOT_ASSESSED:
            then = judged(assessed_in(row.assessed), rules).unit
            if then != row.proposed_unit:
                moved[row.proposed_unit or NOBODY, then or NOBODY] += row.families
    return moved


def _found(on: Segmented) -> Sequence[Row]:
    page = on.page
    return read_sums(
        page.engine,
        of_every_day(page.address.view.scope),
        page.viewer,
        lambda rows: by_what_was_found(rows, on.day),
        restricted=Restricted.LEFT_OUT,
    )
