"""Each case's first unit: the first lead in one that keeps cases, after the front door."""

from sqlalchemy import FromClause, Select, Subquery

from data_access.relations import first_of_each
from data_access.schema import allocation, unit
from metrics.compare.entries import led_referrals
from metrics.model import Basis

# What has come to a unit of such a kind has left the front door.
KEEPS_CASES = ("segmented", "area")


def first_in_a_unit(basis: Basis) -> FromClause:
    """One row per case that came to a segmented or area unit: its first lead there.

    Columns as `led_referrals` has them, and worker_id.
    """
    return basis.shared("first_in_a_unit", first_of(leads_in_a_unit(basis)))


def leads_in_a_unit(basis: Basis) -> Select:
    """Every lead within a case by a segmented or area unit, to be narrowed before `first_of`."""
    led = led_referrals(basis.as_at).add_columns(allocation.c.worker_id)
    return led.where(unit.c.kind.in_(KEEPS_CASES))


def first_of(leads: Select) -> Subquery:
    """The first of each case; of several on a day that whose id sorts last."""
    said = leads.selected_columns
    in_order = (said.entered_on, allocation.c.allocation_id.desc())
    return first_of_each(leads, (said.referral_id,), in_order)
