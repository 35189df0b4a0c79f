"""What a stage card prompts, at most two, and dismissing one with a reason."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import streamlit as st
from markupsafe import Markup
from sqlalchemy import Engine, Row

from data_access.cards.prompts import Prompt
from data_access.london import LONDON
from data_access.meeting_store.dismissals import AtStage, dismiss, dismissed
from data_access.problems import Problem
from data_access.viewer import Act
from metrics.cards.known import Known
from metrics.cards.prompting import MOST_PROMPTS, prompts_that_hold
from metrics.sentence import written_date
from ui.forms import LONGEST_WORDS, choice_of, form_name, is_closed, signature, write
from ui.session import Page

CHOOSE_FIRST = "Choose the prompt: another may have been dismissed meanwhile."


@dataclass(frozen=True)
class Prompted:
    """What stands on the card, and of what else held it is said who dismissed it."""

    of: AtStage | None = None
    prompts: Sequence[Prompt] = ()
    dismissed: Mapping[str, Row] | None = None


def prompted(page: Page, cards: Mapping[str, Known]) -> dict[str, Prompted]:
    """By child the first prompts that hold and were not dismissed while its stage lasts.

    None where the meeting store can't be read: one that was dismissed would stand there again.
    """
    holding = {child_id: list(prompts_that_hold(known)) for child_id, known in cards.items()}
    asked = [child_id for child_id, prompts in holding.items() if prompts]
    store = page.published.store
    gone = dismissed(store, asked) if store is not None and asked else {}
    told = {} if store is None else holding
    return {
        child_id: _prompted(_at_stage(child_id, known), told.get(child_id, ()), gone)
        for child_id, known in cards.items()
    }


def _at_stage(child_id: str, known: Known) -> AtStage:
    return AtStage(child_id, known.standing.stage.value, known.standing.began_on)


def _prompted(
    of: AtStage, holding: Sequence[Prompt], dismissals: Mapping[AtStage, Mapping[str, Row]]
) -> Prompted:
    gone = dismissals.get(of, {})
    left = [prompt for prompt in holding if prompt.name not in gone]
    said = {prompt.name: gone[prompt.name] for prompt in holding if prompt.name in gone}
    return Prompted(of, left[:MOST_PROMPTS], said)


def drawn_prompts(prompts: Prompted) -> Markup:
    """Each prompt with where it is from; then what was dismissed, by whom and why."""
    lines = [
        Markup("<li>{} <small>{}</small></li>").format(one.words, one.source)
        for one in prompts.prompts
    ]
    lines += [
        Markup('<li class="cs-quiet">Dismissed by {} on {}: {}</li>').format(
            row.by, written_date(row.at.astimezone(LONDON).date()), row.reason
        )
        for row in (prompts.dismissed or {}).values()
    ]
    if not lines:
        return Markup("")
    return Markup('<ul class="cs-card-prompts">{}</ul>').format(Markup("").join(lines))


def dismiss_form(page: Page, prompts: Prompted) -> None:
    """A form that dismisses one prompt; nothing where none stands on the card."""
    of = prompts.of
    if of is None or not prompts.prompts or is_closed(page, Act.NOTE):
        return
    with st.form(form_name("dismissal")):
        st.header("Dismiss a prompt")
        known = {one.name: one.words for one in prompts.prompts}
        prompt = choice_of("Prompt on the card", known)
        reason = st.text_area(
            "Why it does not hold for this child: no name of anybody, as it is kept as typed",
            max_chars=LONGEST_WORDS,
        )
        signature(page)
        if st.form_submit_button("Dismiss it while this stage lasts"):
            write(page, Act.NOTE, lambda store: _dismissed(store, page, of, prompt, reason))


def _dismissed(store: Engine, page: Page, of: AtStage, prompt: str | None, reason: str) -> str:
    if prompt is None:
        raise Problem(CHOOSE_FIRST)
    dismiss(store, of, prompt, reason, page.viewer.name)
    return "Dismissed while this stage lasts; that it was, and why, stays on the card."
