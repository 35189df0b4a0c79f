"""What schools, early help and services tell of a child, joined by the child's or family's id.

No figure counts these tables. A child who is in none of their rows is one of whom nobody has told,
and not one without a school, or without help.
"""

from sqlalchemy import Date, Float, Table

from data_access.code_sets.support import EXCLUSION_KIND, SEN_PROVISION, SUPPORT_END
from data_access.tables.parts import key, maybe, metadata, needed, one_of

enrolment = Table(
    "enrolment",
    metadata,
    key("enrolment_id"),
    needed("child_id"),
    maybe("school", says="the school's name"),
    maybe("urn", says="the school's number in the DfE's register"),
    maybe(
        "sen", codes=SEN_PROVISION, says="special needs, as in the latest census; empty: unknown"
    ),
    needed("started_on", Date),
    maybe("ended_on", Date, says="the first day on which the child is no more on its roll"),
    one_of("sen", SEN_PROVISION.names),
)

exclusion = Table(
    "exclusion",
    metadata,
    key("exclusion_id"),
    needed("child_id"),
    maybe("kind", codes=EXCLUSION_KIND),
    needed("started_on", Date),
    maybe("days", Float, says="school days; empty: not known, or for good"),
    one_of("kind", EXCLUSION_KIND.names),
)

early_help = Table(
    "early_help",
    metadata,
    key("early_help_id"),
    maybe("child_id", says="of the child; empty: of every child of the family"),
    maybe("family_id", says="as in child; needed where there is no child_id"),
    maybe("kind", says="in the council's words"),
    maybe("led_by", says="a service or a role, and nobody's name"),
    needed("started_on", Date),
    maybe("ended_on", Date, says="empty: not recorded as ended"),
    maybe("end_reason", codes=SUPPORT_END),
    one_of("end_reason", SUPPORT_END.names),
)

intervention = Table(
    "intervention",
    metadata,
    key("intervention_id"),
    maybe("child_id", says="of the child; empty: of every child of the family"),
    maybe("family_id", says="as in child; needed where there is no child_id"),
    needed("name"),
    maybe("kind", says="in the council's words"),
    maybe("provider", says="who gives it: a service, and nobody's name"),
    needed("started_on", Date),
    maybe("ended_on", Date, says="empty: not recorded as ended"),
    maybe("end_reason", codes=SUPPORT_END),
    one_of("end_reason", SUPPORT_END.names),
)
