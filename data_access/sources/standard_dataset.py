"""The Standard Safeguarding Dataset as a source, and the extension tables that stand beside it.

Source: Data to Insight, ssd-data-model, specification 1.4.5 and published deployment scripts (MIT).
"""

from data_access.sources.declaration import Source

SSD = Source(
    "ssd",
    "SSD",
    "load ssd URL",
    (
        *("unit", "worker", "child", "referral", "assessment", "assessment_factor", "plan"),
        *("placement", "allocation", "visit", "enquiry", "conference", "review"),
    ),
    never_fills=frozenset({"visit.recorded_on"}),
    lacks={
        "post": (
            "The SSD holds no posts, and its caseload is of last 30 September: add post.csv with"
            " FTE."
        ),
        "time_record": "The SSD holds no record of how time was spent: add time_record.csv.",
        "absence": "The SSD holds no staff absence: add absence.csv.",
        "scale_score": "The SSD holds no scale scores: add scale_score.csv.",
        "visit.recorded_on": (
            "The SSD does not say when a visit was recorded, so that a late visit can't be told"
            " from a late record: add visit_detail.csv with recorded_on."
        ),
        "vacancy": "The SSD holds no posts that stand empty: add vacancy.csv.",
        "complaint": "The SSD holds no complaints: add complaint.csv.",
        "survey_response": "The SSD holds no survey: add survey_response.csv.",
    },
)
EXTENSION = Source(
    "ssd_extension",
    "Extension tables",
    "load ssd URL",
    (
        *("unit", "worker", "post", "absence", "time_record", "scale_score"),
        *("visit_detail", "visit_interval"),
    ),
    adds_to=frozenset({"visit.recorded_on"}),
)
