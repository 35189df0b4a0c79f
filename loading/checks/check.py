"""One rule of a case database: what finds its breaks, what is said, and who can mend them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from loading.checks.breaches import Breach, Situation

CASE_RECORD = "the worker or team, in the case record"
PERFORMANCE = "the performance team, in the extract"
HUMAN_RESOURCES = "HR, in the staff record"
WHO_SENT_IT = "whoever sent the file"


@dataclass(frozen=True)
class Check:
    """One rule: its key, how bad a break is, who can mend it, what is said, and what finds it.

    `says` is filled with the columns of the finding query, `{table}` and `{row_key}`.
    """

    rule: str
    severity: str
    mended_by: str
    says: str
    finds: Callable[[Situation], Iterable[Breach]]
