"""Asking a comparison, before any result is known; and publishing it as it is now, once."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

import streamlit as st
from dateutil.relativedelta import relativedelta
from markupsafe import Markup
from sqlalchemy import Engine

from access.audit.events import What
from data_access.database import read
from data_access.meeting_store.free_text import LONGEST_WORDS
from data_access.problems import Problem
from data_access.viewer import Act
from meeting.comparing import BEFORE, SIDE, Comparison, ask, before, publish
from metrics.compare.counting import Side
from metrics.compare.entries import front_doors
from metrics.compare.outcomes import OUTCOMES, Outcome
from metrics.compare.told import Told
from metrics.model import SERVICE
from metrics.writing import written_date
from ui import acts
from ui.forms import CHOOSE, day_field, form_name, is_closed, signature, write
from ui.session import Page

MONTHS = 18
QUESTION = "The question, as one sentence with no child’s name: asked before its result is known"
EXAMPLE = "Do cases of the segmented units close sooner than the area teams’?"
OUTCOME = "Outcome: what the cases are followed to"
NO_OUTCOME = "Choose the outcome that the question asks after: it can’t be changed later."
NOT_MEANT = (
    "Say that the question asks after the outcome that is chosen, by ticking the sentence above"
    " the button: it can’t be changed later."
)
OTHERS = "Which other units (every other, where none is named)"
HOW = {
    "other units in the same months": SIDE,
    "the same units, over as many months before": BEFORE,
}
ASKED_BY = (
    "Comparisons are asked by who may write notes and sees the children of every unit: they are"
    " counted from all of them."
)


def ask_form(page: Page) -> None:
    """Whose cases, beside whose, since when, and what they are followed to."""
    if is_closed(page, Act.NOTE) or not acts.sees_every_row(page.viewer):
        page.draw(Markup('<p class="cs-note cs-quiet">{}</p>').format(ASKED_BY))
        return
    names = _units(page)
    with st.container(key="ask"):
        st.header("Ask a comparison")
        outcome = _outcome()
        with st.form(form_name("compare")):
            question = st.text_input(QUESTION, placeholder=EXAMPLE, max_chars=LONGEST_WORDS)
            own, how, other = _whose(page, names)
            entered = _days(page)
            is_meant = outcome is not None and st.checkbox(asks_after(outcome))
            signature(page)
            sent = st.form_submit_button("Ask it", type="primary")
    if sent:
        said = {"question": question, "kind": HOW[how], "outcome": outcome.key if outcome else ""}
        chosen = own, other or [one for one in names if one not in own]
        refused = "" if is_meant else NOT_MEANT if outcome else NO_OUTCOME
        write(
            page,
            Act.NOTE,
            lambda store: _ask(page, store, _sides(names, chosen, said, entered), said, refused),
        )


def _outcome() -> Outcome | None:
    """What the cases are followed to: nobody's question has it unless somebody chose it."""
    return st.selectbox(
        OUTCOME, list(OUTCOMES.values()), None, lambda one: one.name, placeholder=CHOOSE
    )


def asks_after(outcome: Outcome) -> str:
    """What is asked with an outcome, as one sentence to say yes to."""
    return (
        f"My question asks how many cases were {outcome.happened} within the same time from the"
        f" day on which they {outcome.begins}. That stays so, for good."
    )


def _whose(page: Page, names: Mapping[str, str]) -> tuple[list[str], str, list[str]]:
    """The units of the one cohort, how the other is found, and its units where any is named."""
    called = names.__getitem__
    own = st.multiselect("Cases of", list(names), _usual(page, names), format_func=called)
    how = st.radio("Beside", list(HOW))
    return own, how, st.multiselect(OTHERS, list(names), format_func=called)


def _units(page: Page) -> dict[str, str]:
    """The units whose figures are open, by id, without the front door."""
    doors = {row.unit_id for row in read(page.engine, front_doors())}
    named = page.live.units.items()
    return {str(id): name for id, name in named if id not in (None, SERVICE, *doors)}


def _usual(page: Page, names: Mapping[str, str]) -> list[str]:
    """The address's unit, else the first there is."""
    here = page.address.view.scope.unit_id
    return [here] if here and here in names else list(names)[:1]


def _days(page: Page) -> tuple[date, date]:
    """From when to when the cases entered: the last eighteen months unless somebody says."""
    last = page.live.load.as_at
    first = last - relativedelta(months=MONTHS) + timedelta(days=1)
    first_at, last_at = st.columns(2)
    return (
        day_field("Entered from", first.replace(day=1), first_at),
        day_field("up to and with", last, last_at),
    )


def _sides(
    names: Mapping[str, str],
    chosen: tuple[Sequence[str], Sequence[str]],
    said: Mapping[str, str],
    entered: tuple[date, date],
) -> tuple[Side, Side]:
    first, until = entered[0], entered[1] + timedelta(days=1)
    own, other = (Side(_called(names, of), tuple(of), first, until) for of in chosen)
    if said["kind"] == BEFORE:
        since = f"{own.name} from {written_date(first)}"
        return replace(own, name=since), before(own, f"{own.name} before")
    return own, other


def _called(names: Mapping[str, str], units: Sequence[str]) -> str:
    *first, last = [names[one] for one in units] or ["no unit"]
    return f"{', '.join(first)} and {last}" if first else last


def _ask(
    page: Page, store: Engine, sides: tuple[Side, Side], said: Mapping[str, str], refused: str
) -> str:
    if refused:
        raise Problem(refused)
    code = ask(store, page.live.load, sides, said, page.viewer.name)
    st.query_params["comparison"] = code
    return "Asked, and written down: this address opens it again."


def publish_form(page: Page, one: Comparison, told: Told) -> None:
    """Of one that isn’t published yet: freezes it as it stands; nothing of one that is."""
    if one.told is not None or is_closed(page, Act.PUBLISH):
        return
    with st.form(form_name(f"publish-{one.code}")):
        st.header("Publish it")
        early = (
            " It is still too early to say, and will stay so titled." if told["is_early"] else ""
        )
        st.text(f"Its figures, curves and words are kept as they stand now, for good.{early}")
        signature(page)
        sent = st.form_submit_button("Freeze it", type="primary")
    if sent:
        write(page, Act.PUBLISH, lambda store: _publish(page, store, one))


def _publish(page: Page, store: Engine, one: Comparison) -> str:
    page.note(What.EXPORTED, reason=f"published the comparison {one.name}")
    publish(store, page.engine, page.viewer, page.live.load, one)
    return "Published: its figures and words stay as they are."
