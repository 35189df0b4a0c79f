"""Short breaks are not looked after (SSDA903: V3, V4): their plans are left out of every source."""

from data_access.code_sets.plans import SHORT_BREAKS
from loading.fitting import Fitting
from loading.sources.reading import WARNING, Issue, count

SHORT_BREAK = "short_break"


def leave_out_short_breaks(plans: Fitting) -> None:
    """Takes the plans out under which a child has short breaks only, and says each.

    DfE, SSDA903 guide: V3 and V4 are "accommodated under an agreed series of short-term breaks",
    and are left out of the counts of children looked after.
    """
    rows = plans.rows
    short = rows["kind"].eq("CLA") & rows["legal_status"].isin(SHORT_BREAKS)
    for row in rows[short].itertuples():
        place = str(row.found_at or f"plan {row.plan_id}")
        plans.issues.append(short_break(place, str(row.plan_id), str(row.legal_status)))
    count(plans.left_out, plans.table.name, SHORT_BREAK, int(short.sum()))
    plans.rows = rows[~short].reset_index(drop=True)


def short_break(place: str, plan_id: str, legal_status: str) -> Issue:
    """What is said of one plan that is left out."""
    message = (
        f"{place}: a series of short breaks ({legal_status}) is not counted as looked after."
        " Nothing to do."
    )
    return Issue(SHORT_BREAK, "plan", plan_id, WARNING, message)
