"""The Standard Safeguarding Dataset in a council's own database, and the tables beside it.

Source: the data-to-insight project's SSD specification, version 1.4.5.
"""

from data_access.sources.declaration import Source

_BESIDE = "add the table {beside} beside it, or {table}.csv."


def _add(table: str, beside: str) -> str:
    return _BESIDE.format(beside=beside, table=table)


SSD = Source(
    "ssd",
    "Standard Safeguarding Dataset",
    "load ssd URL",
    (
        *("unit", "worker", "child", "referral", "assessment", "assessment_factor", "plan"),
        *("placement", "allocation", "visit", "enquiry", "conference", "review"),
        *("missing_episode", "person", "relationship"),
    ),
    lacks={
        "post": (
            "The SSD holds no posts, and its caseload is of last 30 September: "
            + _add("post", "cs_worker_post")
        ),
        "time_record": "The SSD holds no record of how time was spent: "
        + _add("time_record", "cs_worker_time"),
        "absence": "The SSD holds no staff absence: " + _add("absence", "cs_staff_absence"),
        "scale_score": "The SSD holds no scale scores: " + _add("scale_score", "cs_sos_scale"),
        "visit.recorded_on": (
            "The SSD does not say when a visit was recorded, so that a late visit can't be told"
            " from a late record: " + _add("visit_detail", "cs_visit_detail")
        ),
        "vacancy": "The SSD holds no posts that stand empty: add vacancy.csv.",
        "unit.kind": (
            "The SSD does not say which team is the front door: add the kind of each unit in"
            " unit.csv or in the workbook's sheet."
        ),
        "complaint": "The SSD holds no complaints: add complaint.csv.",
        "survey_response": "The SSD holds no survey: load one by 'load survey'.",
    },
    never=frozenset({"visit.recorded_on", "plan.previous_plans", "unit.kind"}),
)
SSD_EXTENSION = Source(
    "ssd_extension",
    "tables beside it",
    SSD.command,
    (
        *("unit", "worker", "post", "absence", "time_record", "scale_score", "visit_interval"),
        "visit_detail",
    ),
    never=frozenset({"unit.kind"}),
    adds=frozenset({"visit.recorded_on"}),
)
