"""The codes of conferences, reviews, surveys and schooling."""

from data_access.code_sets.code_set import Code, CodeSet

CONFERENCE_KIND = CodeSet(
    (
        Code("initial", "initial conference", ("ICPC", "initial child protection conference")),
        Code("review", "review conference", ("RCPC", "review child protection conference")),
    )
)
REVIEW_KIND = CodeSet(
    (
        Code("CP", "review of a child protection plan", ("child protection",)),
        Code("CLA", "review of a looked-after child", ("LAC", "looked after")),
    )
)
ASKED_BY = CodeSet(
    (
        Code("unit", "somebody of the unit itself", ("unit coordinator", "coordinator")),
        Code("worker", "the child's own worker", ("social worker",)),
        Code("other", "somebody else of the council", ("council", "quality assurance")),
        Code("independent", "somebody outside the council", ("external", "evaluator")),
        Code("self", "answered alone, on paper or online", ("online", "paper", "post")),
    )
)
# The share of a week that a worker says is spent with families: a band, which has no middle.
DIRECT_TIME_BAND = CodeSet(
    (
        Code("under_10", "less than 10%", ("below 10%", "under 10%", "0-9%", "0 to 9%")),
        Code("10_to_24", "10% to 24%", ("10-24%", "10%-24%")),
        Code("25_to_49", "25% to 49%", ("25-49%", "25%-49%")),
        Code("50_to_74", "50% to 74%", ("50-74%", "50%-74%")),
        Code("75_to_89", "75% to 89%", ("75-89%", "75%-89%")),
        Code("90_or_more", "90% or more", ("90%+", "90-100%", "90 to 100%", "over 90%")),
    )
)
ATTAINMENT_STAGE = CodeSet(
    (
        Code("EYFSP", "early years foundation stage profile", ("early years",)),
        Code("KS2", "key stage 2"),
        Code("KS4", "key stage 4", ("GCSE",)),
    )
)

# What the workforce census says of a leaver (DfE, children's social work workforce census).
LEAVING_REASON = CodeSet(
    (
        Code("1", "Resignation"),
        Code("2", "Voluntary redundancy"),
        Code("3", "Compulsory redundancy"),
        Code("4", "Dismissed"),
        Code("5", "Retired"),
        Code("6", "Deceased"),
        Code("7", "Moved to a role outside children and family social work within the authority"),
        Code("8", "Other"),
        Code("9", "Not known"),
        Code("10", "Not yet collected"),
    )
)
LEAVING_TO = CodeSet(
    (
        Code("1", "Social work in another authority in England"),
        Code("2", "Social work outside England"),
        Code("3", "Agency or consultancy in social work"),
        Code("4", "Other social work outside authorities"),
        Code("5", "Other social care"),
        Code("6", "No social care, no employment or a career break"),
        Code("7", "Other"),
        Code("8", "Not known"),
        Code("9", "Not yet collected"),
    )
)

# By column, the codes that say nothing of a leaver.
LEAVING_NOT_KNOWN = {"leaving_reason": ("9", "10"), "leaving_to": ("8", "9")}
