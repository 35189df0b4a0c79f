"""How a council's dataset is: which system deployed it, how it writes codes, and its known faults.

Each fault is a switch. `SHAPES` are the three systems as their published scripts leave them.
Source: the data-to-insight project's published SSD scripts, and their change notes.
"""

from dataclasses import dataclass, field, replace

from tests.ssd.deployed import ECLIPSE, MOSAIC, SYSTEMC

# Faults that take something away: what is left is another council, which `carried` tells.
OPEN_CIN_VISITS_DROPPED = "open CIN plans have no visits"
TEAM_IS_THE_CHILDS = "an involvement's team is where the child is now"
# Faults that take nothing away: a reader that knows them gives the same council.
VISITS_TWICE = "ssd_cin_visits also holds the CP and CLA visits"
CP_VISITS_WITHOUT_PLAN = "some CP visits have no plan or an unknown one"
FILLER_DATES = "open ends are 9999-12-31 and unknown births 1900-01-01"
STRANGERS = "ssd_person holds people whom no team was ever involved with"
CASELOAD_OF_SEPTEMBER = "prof_professional_caseload is last 30 September's"
NO_PARENT_TEAMS = "dept_team_parent_id and dept_team_parent_name are NULL"
PLACEHOLDERS = "flags nobody fills hold PLACEHOLDER_DATA"
TIMES_OF_DAY = "days have a time, up to a minute before midnight"
PADDED_CODES = "codes and team ids end in blanks"
WORKFLOW_COLUMNS_ONLY = "CP reviews fill the workflow's columns, and none of the specification's"

ID, NAME = "id", "name"
CODE, WORDS, BOTH = "code", "words", "code and words"
LIST, ANSWERS, WITH_NULLS = '["1A"]', '{"1A": "Yes"}', '{"1A": "Yes", "1B": null}'
ROLE_NOW, ROLE_BEFORE, ROLE_OF_OTHERS = "CW", "ALLOCATED CASE WORKER", "FSW"


@dataclass(frozen=True)
class Shape:
    """One deployment. `teams` says whether an involvement names its team by id or by name."""

    system: str
    schema: str | None = None
    teams: str = ID
    codes: str = CODE
    factors: str = LIST
    lead_role: str = ROLE_NOW
    faults: frozenset[str] = field(default_factory=frozenset)

    def has(self, fault: str) -> bool:
        """Whether that switch is on."""
        return fault in self.faults

    def without(self, *faults: str) -> "Shape":
        """The same with those switches off."""
        return replace(self, faults=self.faults - {*faults})

    def having(self, *faults: str) -> "Shape":
        """The same with those switches on as well."""
        return replace(self, faults=self.faults | {*faults})


_ANYWHERE = {CASELOAD_OF_SEPTEMBER, STRANGERS, TIMES_OF_DAY}
SHAPES = {
    ECLIPSE: Shape(
        ECLIPSE,
        faults=frozenset(
            {*_ANYWHERE, OPEN_CIN_VISITS_DROPPED, TEAM_IS_THE_CHILDS, NO_PARENT_TEAMS}
        ),
    ),
    MOSAIC: Shape(
        MOSAIC,
        teams=NAME,
        codes=BOTH,
        factors=WITH_NULLS,
        faults=frozenset({*_ANYWHERE, PLACEHOLDERS, CP_VISITS_WITHOUT_PLAN}),
    ),
    SYSTEMC: Shape(
        SYSTEMC,
        schema="ssd_development",
        codes=WORDS,
        factors=ANSWERS,
        faults=frozenset(
            {*_ANYWHERE, VISITS_TWICE, CP_VISITS_WITHOUT_PLAN, FILLER_DATES, PADDED_CODES}
        ),
    ),
}
