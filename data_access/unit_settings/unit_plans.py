"""What each unit was planned for, as the settings say."""

from dataclasses import dataclass


@dataclass(frozen=True)
class UnitPlan:
    """For how many referrals and cases of a year a unit was planned; None: no plan was set."""

    unit: str
    source: str
    referrals_a_year: int | None = None
    cases_a_year: int | None = None
