"""How a case was found, in words: among whom, and by which seed."""

from collections.abc import Mapping, Sequence

from meeting.drawing import Case
from metrics.figures import Figures
from metrics.lists.case_frames import frame_rules
from metrics.writing import count
from ui.child.journey import STATUS_WORDS


def draw_words(cases: Sequence[Case], figures: Figures) -> str:
    """ "3 drawn from 86: Unit 2, child in need plan, any child held today. Draw number 4711." """
    first = cases[0]
    if first.seed is None:
        return "Chosen, not drawn."
    words = frame_words(first.frame, figures)
    return f"{len(cases)} drawn from {count(first.frame_size)}: {words}. Draw number {first.seed}."


def frame_words(frame: Mapping[str, str | None], figures: Figures) -> str:
    """Unit, plan and rule, each as the form has it."""
    plan, rule = frame.get("plan"), frame_rules(figures.settings).get(frame.get("rule") or "any")
    unit_id = frame.get("unit")
    return ", ".join(
        (
            figures.units.get(unit_id, str(unit_id)),
            STATUS_WORDS[plan] if plan else "every plan",
            rule.words if rule else "a rule that is no more",
        )
    )
