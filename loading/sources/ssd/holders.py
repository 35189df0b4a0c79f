"""Units, workers and who holds each child: the departments, professionals and involvements."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import pandas as pd

from loading.names.spelling import bare
from loading.sources.reading import ERROR, WARNING
from loading.sources.ssd.declared import DEPARTMENTS, INVOLVEMENTS, PROFESSIONALS, REFERRALS
from loading.sources.ssd.drawing import Drawing, children_by, own_ids, rows_said, with_children

NO_ROLE = "(no role)"
NOT_NAMED = "a team that no involvement names"
UNKNOWN_TEAM = "team_in_no_department"
NO_LEAD = "no_lead_role"
# Columns of teams were made for ids: a longer name was cut.
SHORTEST_CUT = 40


@dataclass(frozen=True)
class Teams:
    """The departments, to be found by id, or by a name that only one of them has."""

    ids: Collection[str]
    by_name: Mapping[str, str]

    def unit_id(self, team: str) -> str | None:
        """The unit that an involvement's team is; None where it is none, or several could be."""
        if team in self.ids:
            return team
        name = bare(team)
        if name in self.by_name:
            return self.by_name[name]
        if len(team) < SHORTEST_CUT:
            return None
        begin_so = {unit for known, unit in self.by_name.items() if known.startswith(name)}
        return begin_so.pop() if len(begin_so) == 1 else None


def draw_units(drawing: Drawing) -> None:
    """One unit a department that an involvement names; all of them where there is none.

    A council's departments are hundreds, most of which hold no child. One without a name has its id
    for it.
    """
    rows = drawing.of(DEPARTMENTS)
    allocations = drawing.frames.get("allocation")
    if allocations is not None:
        named = rows["unit_id"].isin(allocations["unit_id"].dropna().unique())
        drawing.pass_over("unit", NOT_NAMED, int((~named).sum()))
        rows = rows[named].reset_index(drop=True)
    name = rows["name"].where(rows["name"].notna(), rows["unit_id"])
    drawing.keep("unit", rows.assign(name=name))


def draw_workers(drawing: Drawing) -> None:
    """One worker a professional, with the staff number where that is not the professional's id.

    FTE, agency and caseload of the SSD say too little to be used.
    """
    rows = drawing.of(PROFESSIONALS)
    staff_no = rows["staff_no"].where(rows["staff_no"] != rows["worker_id"], None)
    drawing.keep("worker", rows.assign(staff_no=staff_no))


def draw_allocations(drawing: Drawing, lead_roles: Collection[str]) -> None:
    """Whom each involvement has hold its child: in a lead role as the allocated worker.

    A team is found by its id or its name. Where no role is a lead one, nobody would lead anybody,
    and no allocation is drawn.
    """
    of_referral = children_by(drawing.of(REFERRALS), "referral_id")
    rows = with_children(drawing, "allocation", drawing.of(INVOLVEMENTS), referral_id=of_referral)
    without = rows["role"].isna()
    says = "it has no role, so that nobody knows who leads"
    drawing.leave_out("allocation", "no_role", rows[without], says)
    rows = rows[~without].reset_index(drop=True)
    lead = rows["role"].map(lambda role: is_lead(role, lead_roles)).astype(bool)
    roles = roles_of(drawing.of(INVOLVEMENTS))
    if roles and not lead.any():
        drawing.lacks["allocation"] = _no_lead(roles, lead_roles)
        drawing.say(NO_LEAD, "allocation", ERROR, drawing.lacks["allocation"])
        drawing.pass_over("allocation", "no role of an allocated worker", len(rows))
        return
    units = _units_of(drawing, rows["team"])
    allocations = rows.assign(lead=lead, unit_id=rows["team"].map(units))
    drawing.keep("allocation", own_ids(allocations, "allocation_id"))


def roles_of(involvements: pd.DataFrame) -> dict[str, int]:
    """How many involvements have each role, the commonest first."""
    roles = involvements["role"].where(involvements["role"].notna(), NO_ROLE)
    return {str(role): int(number) for role, number in roles.value_counts().items()}


def is_lead(role: object, lead_roles: Collection[str]) -> bool:
    """Whether a role is one of the allocated worker: capitals, spaces and signs don't matter."""
    return role is not None and bare(str(role)) in {bare(one) for one in lead_roles}


def _no_lead(roles: Mapping[str, int], lead_roles: Collection[str]) -> str:
    found = ", ".join(f"{role} ({rows_said(number)})" for role, number in roles.items())
    return (
        f"No involvement has a role of the allocated worker ({', '.join(lead_roles)}), so nobody is"
        f" known to hold a child. Found were {found}: say by --lead-role which of them it is."
    )


def _units_of(drawing: Drawing, teams: pd.Series) -> dict[str, str]:
    """The unit of each team that an involvement names; one that is no department is said."""
    departments = drawing.of(DEPARTMENTS)
    known = Teams(set(departments["unit_id"].dropna()), _by_name(departments))
    units: dict[str, str] = {}
    for team, number in teams.value_counts().items():
        unit_id = known.unit_id(str(team))
        if unit_id is None:
            drawing.say(UNKNOWN_TEAM, "allocation", WARNING, _unknown(str(team), int(number)))
        else:
            units[str(team)] = unit_id
    return units


def _by_name(departments: pd.DataFrame) -> dict[str, str]:
    named = departments.dropna(subset=["name", "unit_id"])
    names = named["name"].map(bare)
    once = ~names.duplicated(keep=False)
    return dict(zip(names[once], named.loc[once, "unit_id"], strict=True))


def _unknown(team: str, number: int) -> str:
    return (
        f"{INVOLVEMENTS.name}: '{team}' ({rows_said(number)}) is the id or the only name of no"
        f" team in {DEPARTMENTS.name}, so these count in no unit. Add the team, or correct the id."
    )
