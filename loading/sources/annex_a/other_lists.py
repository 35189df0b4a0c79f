"""The lists of Annex A that hold nothing which a metric needs: known, so that none is read as ours.

Source: Ofsted, Annex A guidance, August 2019.
"""

from loading.sources.annex_a.list_shape import CHILD, WORDS, AnnexList, Column


def _list(number: int, name: str, titled: str, *headings: str, **also: str) -> AnnexList:
    """A list that is there where its first heading is, or what `first` says of its spellings."""
    first, *rest = headings
    columns = [Column(first, first, WORDS, True, also.get("first", r"(?!)"))]
    columns += [Column(heading, heading, WORDS) for heading in rest]
    return AnnexList(number, name, titled, (*CHILD, *columns))


OTHER_LISTS = (
    _list(1, "contacts", "contacts?", "Date of Contact", "Contact Source"),
    _list(
        2,
        "early help",
        "early help.*|eha?( .*)?|cafs?",
        "Assessment Start Date",
        "Assessment Completion Date",
        "Organisation Completing Assessment",
        first=r".*\b(early help|eha?|caf)\b.*start.*|.*\bassessment start.*",
    ),
    _list(
        9,
        "care leavers",
        "care leavers?|leaving care",
        "Eligibility Category",
        "Allocated Personal Advisor",
        "Latest Pathway Plan Review Date",
        "LA in Touch",
        "Type of Accommodation",
    ),
    _list(
        10,
        "adoption",
        "adoptions?|children .*adopt.*",
        "Date of Decision that Child Should be Placed for Adoption",
        "Date the Child Entered Care",
        "Date of Placement Order",
        "Date Placed for Adoption",
        "Date of Adoption Order",
    ),
    _list(
        11,
        "adopters",
        "(prospective )?adopters?",
        "Individual adopter identifier",
        "Family identifier",
        "Date enquiry received",
        "Date Stage 1 started",
        "Date application approved",
    ),
)
