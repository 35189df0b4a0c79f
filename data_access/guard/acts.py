"""What somebody may do, beside looking at figures and at the rows of their units."""

from enum import StrEnum


class Act(StrEnum):
    """What somebody may do, beside looking at figures and at the rows of their units."""

    PUBLISH = "publish"
    CHAIR = "chair"
    NOTE = "note"
    CLOSE = "close"
    DRAW_CASES = "draw_cases"
    EXPORT_ROWS = "export_rows"
    LOAD = "load"
    LOOK_CLOSER = "look_closer"
    SEE_NETWORK = "see_network"
    AUDIT = "audit"
    ADMINISTER = "administer"


# Of people who sign in: where nobody does there is nobody to be given anything, or audited.
OF_ACCOUNTS = frozenset({Act.LOOK_CLOSER, Act.SEE_NETWORK, Act.AUDIT, Act.ADMINISTER})
