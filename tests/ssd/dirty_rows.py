"""What is dirty where deployments differ, and what a load must make of it.

A case plants cells in the row of one record and says what becomes of it: a value that is read all
the same, or a sentence that names the row. `UNREAD` are the columns that no figure needs: whatever
stands in them, nothing that is loaded is another.
"""

from dataclasses import dataclass, field
from datetime import date

from tests.ssd.one_child import CHILD, UNIT

LEFT_OUT = object()


@dataclass(frozen=True)
class DirtyRow:
    """Cells planted in a table's first row, and what `table.column` of ours then is.

    `says` are words that some issue has. `same`: the value of a row that is left as it was.
    """

    place: str
    cells: dict[str, object]
    reads: str
    value: object
    says: str = ""
    also: dict[str, dict[str, object]] = field(default_factory=dict)

    @property
    def table(self) -> str:
        """The table of the dataset."""
        return self.place.split(".")[0]


def _flag(place: str, reads: str, letter: str, blank: object) -> list[DirtyRow]:
    """A flag of one character: small, blank, and one that means nothing."""
    name = place.split(".")[1]
    value = {"y": True, "n": False}[letter]
    return [
        DirtyRow(place, {name: letter}, reads, value),
        DirtyRow(place, {name: " "}, reads, blank),
        DirtyRow(place, {name: "Q"}, reads, blank, says="'Q'"),
    ]


_REVIEW = "ssd_cp_reviews"
DIRTY_ROWS = [
    # Whose row it is, where the person is not told.
    DirtyRow("ssd_cin_visits.cinv_person_id", {"cinv_cin_plan_id": "999"}, "visit.kind=CIN",
             LEFT_OUT, says="V-CIN"),
    DirtyRow("ssd_cin_visits.cinv_cin_plan_id", {"cinv_cin_plan_id": " 1000001.0 "},
             "visit.child_id kind=CIN", CHILD),
    DirtyRow("ssd_cp_visits.cppv_person_id", {"cppv_cp_plan_id": None}, "visit.kind=CP",
             LEFT_OUT, says="V-CP"),
    DirtyRow("ssd_cp_reviews.cppr_person_id",
             {"cppr_cp_plan_id": None, "registration_id": None, "person_id": None},
             "review.kind=CP", LEFT_OUT, says="1000001"),
    DirtyRow("ssd_cla_placement.clap_person_id", {"clap_cla_id": "999"}, "placement.child_id",
             CHILD),
    DirtyRow("ssd_involvements.invo_person_id", {"invo_referral_id": "999"}, "allocation.lead",
             LEFT_OUT, says="AL1"),
    DirtyRow("ssd_involvements.invo_person_id", {"invo_referral_id": "1000001.0"},
             "allocation.child_id", CHILD),
    DirtyRow("ssd_cp_plans.cppl_cp_plan_ola", {"cppl_cp_plan_latest_category": None},
             "plan.category kind=CP", "NEG"),
    DirtyRow("ssd_professionals.prof_professional_name",
             {"prof_social_worker_registration_no": " SW1 "}, "worker.registration_no", "SW1"),
    # The same under another name.
    DirtyRow("ssd_cin_plans.cinp_cin_plan_id", {"cin_plan_id": " 1000001 "},
             "visit.child_id kind=CIN", CHILD),
    DirtyRow("ssd_cin_plans.cinp_cin_plan_id", {"cin_plan_id": None},
             "plan.plan_id kind=CIN", None, says="V-CIN"),
    DirtyRow("ssd_cla_reviews.clar_cla_person_id", {"clar_cla_id": None,
             "clar_cla_person_id": f" {CHILD} "}, "review.child_id kind=CLA", CHILD),
    DirtyRow(f"{_REVIEW}.workflow_step_id", {"cppr_cp_review_id": None}, "review.child_id kind=CP",
             CHILD),
    DirtyRow(f"{_REVIEW}.person_id", {"person_id": 1000, "cppr_cp_plan_id": None,
             "registration_id": None}, "review.child_id kind=CP", CHILD),
    DirtyRow(f"{_REVIEW}.registration_id", {"cppr_cp_plan_id": None}, "review.child_id kind=CP",
             CHILD),
    DirtyRow(f"{_REVIEW}.due_date", {"cppr_cp_review_due": None}, "review.due_on kind=CP",
             date(2016, 4, 20)),
    DirtyRow(f"{_REVIEW}.actual_date", {"cppr_cp_review_date": None}, "review.held_on kind=CP",
             date(2016, 4, 20)),
    DirtyRow(f"{_REVIEW}.actual_date", {"actual_date": "2016-04-21"}, "review.held_on kind=CP",
             date(2016, 4, 20), says="cppr_cp_review_date"),
    # The same in another type.
    DirtyRow("ssd_person.pers_sex", {"pers_sex": "Not stated/recorded (or unborn)"}, "child.sex",
             "U"),
    DirtyRow("ssd_person.pers_sex", {"pers_sex": "Klingon"}, "child.sex", None, says="'Klingon'"),
    DirtyRow("ssd_cin_episodes.cine_referral_id", {}, "assessment.referral_id", "1000001",
             also={"ssd_cin_assessments": {"cina_referral_id": " 1000001.0"}}),
    DirtyRow("ssd_cin_episodes.cine_cin_primary_need_code",
             {"cine_cin_primary_need_code": "N1 - Abuse or ne"}, "referral.primary_need", "N1"),
    DirtyRow("ssd_cin_episodes.cine_cin_primary_need_code",
             {"cine_cin_primary_need_code": "Needs looking at"}, "referral.primary_need", None,
             says="'Needs looking at'"),
    *_flag("ssd_cin_episodes.cine_referral_nfa", "referral.no_further_action", "y", None),
    DirtyRow("ssd_assessment_factors.cinf_assessment_factors_json",
             {"cinf_assessment_factors_json": '{"2B": "Yes", "16'}, "assessment_factor.factor",
             LEFT_OUT, says="JSON"),
    DirtyRow("ssd_assessment_factors.cinf_assessment_factors_json",
             {"cinf_assessment_factors_json": '["2B", null, "", "2B"]'},
             "assessment_factor.factor", "2B"),
    *_flag("ssd_cin_visits.cinv_cin_visit_seen", "visit.seen kind=CIN", "n", None),
    *_flag("ssd_cin_visits.cinv_cin_visit_seen_alone", "visit.seen_alone kind=CIN", "n", None),
    DirtyRow("ssd_s47_enquiry.s47e_s47_enquiry_id", {}, "conference.enquiry_id", "1000001",
             also={"ssd_initial_cp_conference": {"icpc_s47_enquiry_id": " 1000001.0"}}),
    DirtyRow("ssd_s47_enquiry.s47e_referral_id", {"s47e_person_id": None}, "enquiry.child_id",
             CHILD),
    *_flag("ssd_initial_cp_conference.icpc_icpc_transfer_in", "conference.transfer_in", "y",
           False),
    *_flag("ssd_initial_cp_conference.icpc_icpc_outcome_cp_flag", "conference.led_to_plan", "n",
           None),
    *_flag("ssd_cp_visits.cppv_cp_visit_seen", "visit.seen kind=CP", "n", None),
    *_flag("ssd_cp_visits.cppv_cp_visit_seen_alone", "visit.seen_alone kind=CP", "n", None),
    DirtyRow(f"{_REVIEW}.cppr_cp_review_id", {"cppr_cp_review_id": 7, "workflow_step_id": 7},
             "review.held_on kind=CP", date(2016, 4, 20)),
    DirtyRow(f"{_REVIEW}.cppr_cp_plan_id", {"cppr_cp_plan_id": 999, "registration_id": 999},
             "review.kind=CP", LEFT_OUT, says="1000001"),
    DirtyRow("ssd_cla_episodes.clae_cla_primary_need_code",
             {"clae_cla_primary_need_code": "N1 - Abuse or neglect (child in need of it)"},
             "plan.category kind=CLA", "N1"),
    *_flag("ssd_cla_visits.clav_cla_visit_seen", "visit.seen kind=CLA", "n", None),
    *_flag("ssd_cla_visits.clav_cla_visit_seen_alone", "visit.seen_alone kind=CLA", "n", None),
    *_flag("ssd_cla_reviews.clar_cla_review_cancelled", "review.cancelled kind=CLA", "y", False),
    DirtyRow("ssd_involvements.invo_professional_role_id",
             {"invo_professional_role_id": "allocated  case worker "}, "allocation.lead", True),
    DirtyRow("ssd_involvements.invo_professional_role_id", {"invo_professional_role_id": None},
             "allocation.lead", LEFT_OUT, says="AL1"),
    DirtyRow("ssd_involvements.invo_professional_team", {"invo_professional_team": " unit  1 "},
             "allocation.unit_id", UNIT),
    DirtyRow("ssd_involvements.invo_professional_team", {"invo_professional_team": "Team Nowhere"},
             "allocation.unit_id", None, says="'Team Nowhere'"),
    DirtyRow("ssd_family", {}, "child.family_id", None),
]  # fmt: skip

# What stands in a column that nobody reads, by its type; a text is filled to its end.
RUBBISH = {
    "time": "0001-01-01", "int": -2147483648, "number": -1, "float": "NaN", "decimal": -99999.99,
    "bit": True,
}  # fmt: skip


def rubbish(kind: str) -> object:
    """A value of the column's type that would be wrong wherever it was read."""
    return RUBBISH.get(kind) or "?" * int(kind.removeprefix("c"))
