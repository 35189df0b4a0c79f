"""The codes of schools, early help and services: special needs, exclusions, how help ended."""

from data_access.code_sets.code_set import Code, CodeSet

_NOT_KNOWN = r"(unknown|not known|not recorded)\b"

# DfE, school census guide: SEN provision, and kinds of exclusion.
SEN_PROVISION = CodeSet(
    (
        Code("E", "education, health and care plan", ("EHCP", "EHC plan", "S", "statement")),
        Code("K", "SEN support", ("SEN", "support")),
        Code("N", "no special educational need", ("no SEN",)),
    ),
    not_known=_NOT_KNOWN,
)
EXCLUSION_KIND = CodeSet(
    (
        Code("SUSP", "suspension", ("FIXD", "fixed period exclusion", "fixed term exclusion")),
        Code("PERM", "permanent exclusion", ("permanent",)),
        Code("LNCH", "lunchtime exclusion", ("lunchtime",)),
    ),
    not_known=_NOT_KNOWN,
)
SUPPORT_END = CodeSet(
    (
        Code("completed", "completed", ("needs met", "goals met", "complete")),
        Code(
            "stepped_up",
            "stepped up to social care",
            ("step up", "stepped up", "to social care"),
        ),
        Code(
            "family_ended",
            "ended by the family",
            ("declined", "disengaged", "did not engage", "consent withdrawn"),
        ),
        Code("provider_ended", "ended by whoever gave it", ("withdrawn by provider",)),
        Code("moved", "moved away"),
        Code("other", "another reason"),
    ),
    not_known=_NOT_KNOWN,
)
