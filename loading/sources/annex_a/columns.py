"""The lists and columns of Annex A that ChildStat reads, and how councils spell them.

Source: Ofsted, Annex A guidance and codes, August 2019 (List 1 contacts to List 11 adopters), and
spellings seen in councils' returns. The lists that no metric needs stand in `other_lists`.
"""

from loading.columns import days, numbers
from loading.sources.annex_a import codes
from loading.sources.annex_a.list_shape import CHILD, HOLDER, AnnexList, Column

LISTS = (
    AnnexList(
        3,
        "referrals",
        "referrals?",
        (
            *CHILD,
            Column(
                "received_on",
                "Date of Referral",
                days.read,
                True,
                "(date of )?.*referral date|date .*referr.*",
            ),
            Column("source", "Referral Source", codes.referral_source, also=".*referral source.*"),
            Column(
                "nfa", "Referral NFA?", codes.no_further_action, also=".*(nfa|no further action).*"
            ),
            *HOLDER,
        ),
    ),
    AnnexList(
        4,
        "assessments",
        "(social care |continuous )?assessments?",
        (
            *CHILD,
            Column(
                "started_on",
                "Continuous Assessment Start Date",
                days.read,
                True,
                r"(?!.*\b(early help|eha?|caf)\b).*assessment start.*",
            ),
            Column(
                "authorised_on",
                "Continuous Assessment Date of Authorisation",
                days.read,
                also=".*assessment.*(authoris|completion).*",
            ),
            Column(
                "factors",
                "Factors Identified at End of Assessment",
                codes.factors,
                also=".*factors.*",
                expected=False,
            ),
            *HOLDER,
        ),
    ),
    AnnexList(
        5,
        "section 47 enquiries",
        "(section|s) ?47.*|icpcs?|strategy discussions?",
        (
            *CHILD,
            Column(
                "started_on",
                "Strategy discussion initiating Section 47 Enquiry Start Date",
                days.read,
                True,
                ".*strategy discussion.*(date|start).*|(section|s) ?47 .*start.*",
            ),
            Column(
                "not_needed",
                "Was an Initial Child Protection Conference deemed unnecessary?",
                codes.yes_or_no,
                also=".*(conference|icpc).*unnecessary.*",
            ),
            Column(
                "held_on",
                "Date of Initial Child Protection Conference",
                days.read,
                also="(date of )?.*(initial child protection conference|icpc)( date)?",
            ),
            Column(
                "led_to_plan",
                "Did the Initial Child Protection Conference Result in a Child Protection Plan",
                codes.yes_or_no,
                also=".*(conference|icpc).*result.*plan.*",
            ),
            *HOLDER,
        ),
        needed=False,
    ),
    AnnexList(
        6,
        "children in need",
        "children in need|cin",
        (
            *CHILD,
            Column(
                "started_on",
                "CIN Start Date",
                days.read,
                True,
                "(cin|child(ren)? in need) .*start.*",
            ),
            Column("need", "Primary Need Code", codes.need, also="primary need.*"),
            Column("seen_on", "Date Child Was Last Seen", days.read, also=".*last seen.*"),
            Column(
                "closed_on",
                "CIN Closure Date",
                days.read,
                True,
                "(cin|child(ren)? in need) .*(clos|end).*date",
            ),
            Column("closure", "Reason for Closure", codes.closure, also=".*reason.*clos.*"),
            Column("status", "Case Status", codes.status, True, "(case )?status"),
            *HOLDER,
        ),
    ),
    AnnexList(
        7,
        "child protection",
        "child protection( plans?)?|cpp?",
        (
            *CHILD,
            Column(
                "started_on",
                "Child Protection Plan Start Date",
                days.read,
                True,
                "(cpp?|child protection).*start.*",
            ),
            Column(
                "category",
                "Latest Category of Abuse",
                codes.abuse,
                also="(latest|current) category.*",
            ),
            Column(
                "visited_on",
                "Date of the Last Statutory Visit",
                days.read,
                also=".*last (statutory|social work).*visit.*",
            ),
            Column("seen", "Was the Child Seen Alone?", codes.seen_alone, also=".*seen alone.*"),
            Column(
                "reviewed_on",
                "Date of latest review conference",
                days.read,
                also=".*(latest|last) review.*(conference)?",
            ),
            Column(
                "ended_on",
                "Child Protection Plan End Date",
                days.read,
                True,
                "(cpp?|child protection).*end.*",
            ),
            Column(
                "previous_plans",
                "Number of Previous Child Protection Plans",
                numbers.read_whole,
                also="(number of )?previous (cpp?|child protection).*",
            ),
            *HOLDER,
        ),
    ),
    AnnexList(
        8,
        "children in care",
        "children (in care|looked after)|looked after children|cic|cla|lac",
        (
            *CHILD,
            Column(
                "started_on",
                "Date Started to be Looked After",
                days.read,
                True,
                ".*started to be looked after.*",
            ),
            Column("need", "Child's Category of Need", codes.need, also=".*category of need.*"),
            Column(
                "legal_status",
                "Child's Legal Status",
                codes.legal_status,
                True,
                "(?!start).*legal status.*",
            ),
            Column(
                "reviewed_on",
                "Date of Latest Statutory Review",
                days.read,
                also=".*(latest|last) (statutory |cla |lac )?review.*",
            ),
            Column(
                "visited_on",
                "Date of Last Social Work Visit",
                days.read,
                also=".*last (statutory|social work).*visit.*",
            ),
            Column(
                "ended_on",
                "Date Ceased to be Looked After",
                days.read,
                True,
                "date.*ceased to be looked after.*",
            ),
            Column(
                "end_reason",
                "Reason Ceased to be Looked After",
                codes.reason_ceased,
                also="reason.*ceased.*",
            ),
            Column(
                "placed_on",
                "Start Date of Most Recent Placement",
                days.read,
                also=".*start.*placement.*",
            ),
            Column("placement", "Placement Type", codes.placement_type, also="placement type.*"),
            *HOLDER,
        ),
    ),
)
