"""The two yearly returns of children: SSDA903 (looked after) and the children in need census.

Each holds whoever was looked after, or in need, on any day of the year to 31 March.
Sources: DfE, Children looked-after data return (SSDA903): guide, 2023 to 2025; DfE, Children in
need census: guide and specification, 2023 to 2025.
"""

from data_access.sources.declaration import Part, Source

MONTHS_OF_A_YEAR = 12
_NO_STAFF = {
    "time_record": "holds no record of how time was spent: add time_record.csv.",
    "absence": "holds no staff absence: add absence.csv.",
    "post": "names no workers: add the workforce census, or post.csv.",
    "vacancy": "holds no posts that stand empty: add vacancy.csv.",
    "scale_score": "holds no scale scores: add scale_score.csv.",
    "visit": "holds no visits: add visit.csv.",
    "complaint": "holds no complaints: add complaint.csv.",
    "survey_response": "holds no survey: load one by 'load survey', or add survey_response.csv.",
    "allocation": "does not say who holds a child: add Annex A, or allocation.csv.",
}


def _of(name: str, **lacks: str) -> dict[str, str]:
    return {table: f"{name} {why}" for table, why in {**_NO_STAFF, **lacks}.items()}


_ONLY_IN_CARE = "holds looked-after children only: add the children in need census, or {}.csv."
SSDA903 = Source(
    "ssda903",
    "SSDA903 files",
    "load ssda903 FOLDER",
    ("child", "plan", "placement", "review", "missing_episode"),
    partial=frozenset({"plan", "plan.started_on", "review"}),
    parts={"plan": Part("kind", ("CLA",)), "review": Part("kind", ("CLA",))},
    lacks={
        **_of(
            "The SSDA903 return",
            **{table: _ONLY_IN_CARE.format(table) for table in ("plan", "referral", "assessment")},
            **{table: _ONLY_IN_CARE.format(table) for table in ("enquiry", "conference")},
            review="holds reviews of looked-after children only: add review.csv.",
        ),
        "plan.started_on": (
            "The SSDA903 return has the episodes of its years only, and some child was in care"
            " before them, nobody knows since when: add the folders of the years before, or"
            " plan.csv."
        ),
        "plan.end_reason": "No row of episodes.csv says why care ended: fill REC.",
        "review.held_on": "There is no review in reviews.csv: add the file.",
    },
    months_held=MONTHS_OF_A_YEAR,
    keeps_rows=True,
)

_ONLY_IN_NEED = "holds no looked-after children: add the SSDA903 files, or {}.csv."
CIN_CENSUS = Source(
    "cin_census",
    "Children in need census",
    "load cin-census FILE",
    (
        *("child", "referral", "assessment", "assessment_factor", "plan"),
        *("enquiry", "conference", "review"),
    ),
    partial=frozenset({"plan", "review"}),
    parts={"plan": Part("kind", ("CIN", "CP")), "review": Part("kind", ("CP",))},
    lacks=_of(
        "The children in need census",
        plan=_ONLY_IN_NEED.format("plan"),
        review=_ONLY_IN_NEED.format("review"),
        placement=_ONLY_IN_NEED.format("placement"),
    ),
    months_held=MONTHS_OF_A_YEAR,
    keeps_rows=True,
)
