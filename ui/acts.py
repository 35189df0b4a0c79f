"""What somebody may do beside looking, and the one sentence for what they may not."""

from collections.abc import Mapping

from data_access.problems import NotAllowed
from data_access.settings import EVERY_UNIT
from data_access.viewer import Act as Act
from data_access.viewer import Viewer

ASK = "Ask whoever runs ChildStat if your work needs it."
ACTS: Mapping[Act, str] = {
    Act.PUBLISH: "publish a month",
    Act.CHAIR: "prepare and lead the meeting",
    Act.NOTE: "write notes and doubts",
    Act.CLOSE: "close actions",
    Act.DRAW_CASES: "take cases to the meeting",
    Act.EXPORT_ROWS: "take rows away in a file",
    Act.LOAD: "load data",
    Act.LOOK_CLOSER: "open a child of another unit for an hour, with a reason",
    Act.SEE_NETWORK: "ask which adults of a family are linked to other families",
    Act.AUDIT: "see who has looked at what",
    Act.ADMINISTER: "say who may look at what",
}
# A meeting is about the whole service: made by one who sees a part, it would lack the rest.
OF_EVERY_FIGURE = frozenset({Act.PUBLISH, Act.CHAIR})
# A draw is from all the children whom its frame names.
OF_EVERY_ROW = frozenset({Act.DRAW_CASES})


def may(viewer: Viewer, act: Act) -> bool:
    """Whether the viewer holds the act, and sees all that it is done to."""
    return (
        act in viewer.acts
        and (act not in OF_EVERY_FIGURE or EVERY_UNIT in viewer.figures)
        and (act not in OF_EVERY_ROW or sees_every_row(viewer))
    )


def refuse_unless(viewer: Viewer, act: Act) -> None:
    """Refuses whoever may not: before anything is written, whatever the browser has sent."""
    if not may(viewer, act):
        raise NotAllowed(cannot(act))


def cannot(act: Act) -> str:
    return f"You have not been given the right to {ACTS[act]}. {ASK}"


def sees_every_row(viewer: Viewer) -> bool:
    return EVERY_UNIT in viewer.units and viewer.own_children is None
