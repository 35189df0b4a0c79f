"""The codes of plans, placements, visits and how often a child is to be seen.

Sources: DfE, SSDA903 and children in need census code sets, and earlier codes where systems still
hold them; spellings seen in councils' returns.
"""

from data_access.code_sets.children import NEED
from data_access.code_sets.code_set import Code, CodesBy, CodeSet
from data_access.code_sets.ssda903_words import CEASED_IN_WORDS, PLACED_IN_WORDS

PLAN_KIND = CodeSet(
    (
        Code("CIN", "child in need", ("children in need", "CIN plan", "child in need plan")),
        Code("CP", "child protection", ("CPP", "CP plan", "child protection plan")),
        Code(
            "CLA",
            "looked after",
            ("LAC", "child looked after", "looked after child", "children looked after",
             "looked after children", "care"),
        ),
    )
)  # fmt: skip
ABUSE = CodeSet(
    (
        Code("NEG", "neglect", ("neglected",), "neglect(ed)?|neg"),
        Code("PHY", "physical abuse", ("physical", "PA"), "physical(ly)?|phys(ab)?|phy"),
        Code("SAB", "sexual abuse", ("sexual", "sex"), "sexual(ly)?|sex"),
        Code("EMO", "emotional abuse", ("emotional",), "emotion(al(ly)?)?|emo"),
        Code("MUL", "more than one", ("multiple",), "mult(i|iple)?|mul"),
    ),
    several="MUL",
)
PLAN_CATEGORY = CodesBy("kind", {"CP": ABUSE, "CLA": NEED, "CIN": NEED})

LEGAL_STATUS = CodeSet(
    (
        Code(
            "C1", "interim care order", ("interim care", "ICO"), "interim care order|interim care"
        ),
        Code("C2", "full care order", ("care order", "FCO"), "(full )?care order|wardship"),
        Code("D1", "freeing order", ("freed", "freeing"), "freed|freeing"),
        Code("E1", "placement order", (), "placement order"),
        Code(
            "V2",
            "single period of accommodation (section 20)",
            ("section 20", "S20", "single period"),
            "single (period|placement)|section 20|s ?20",
        ),
        Code(
            "V3",
            "short breaks, each recorded by itself: not looked after",
            ("short breaks", "series of short breaks", "respite"),
            "((agreed )?series of )?short ?(term )?breaks?|respite|series",
        ),
        Code(
            "V4",
            "short breaks, recorded as one agreement: not looked after",
            (),
            "(agreed )?series of short term breaks when agreements are recorded",
        ),
        Code("L1", "police protection", ("police powers",), "police protection|police powers"),
        Code(
            "L2",
            "emergency protection order",
            ("emergency protection", "EPO"),
            "emergency protection( order)?|epo",
        ),
        Code("L3", "child assessment order", (), "child assessment order"),
        Code("J1", "remanded", ("remand",), "remand(ed)?"),
        Code("J2", "accommodated under PACE", ("PACE",), "pace|police and criminal evidence act"),
        Code(
            "J3",
            "youth rehabilitation order",
            ("youth rehabilitation",),
            "youth rehab(ilitation)?( order)?",
        ),
    ),
    within="[CDEJLV][1-4]",
)
# Accommodated under an agreed series of short breaks (SSDA903): not looked after in our sense.
SHORT_BREAKS = ("V3", "V4")

_CEASED = {
    "X1": "the episode ceased, and a new one began",
    "E11": "adopted, application unopposed",
    "E12": "adopted, consent dispensed with by the court",
    "E2": "died",
    "E3": "care taken over by another local authority",
    "E4": "returned home (an earlier code)",
    "E4A": "returned home, as part of the care planning",
    "E4B": "returned home, not part of the care planning",
    "E13": "left to live with somebody without parental responsibility",
    "E41": "residence order or child arrangements order granted",
    "E43": "special guardianship order: former foster carers (an earlier code)",
    "E44": "special guardianship order: other carers (an earlier code)",
    "E45": "special guardianship order: former foster carers, relatives or friends",
    "E46": "special guardianship order: former foster carers, others",
    "E47": "special guardianship order: other carers, relatives or friends",
    "E48": "special guardianship order: other carers, others",
    "E5": "independent living, with formal support",
    "E6": "independent living, without formal support",
    "E7": "transferred to residential care of adult services",
    "E8": "any other reason",
    "E9": "sentenced to custody",
    "E14": "accommodation on remand ended",
    "E15": "age assessment: aged 18 or over",
    "E16": "moved abroad",
    "E17": "aged 18 and remained with the carers",
}
REASON_CEASED = CodeSet(
    tuple(Code(code, means, (), CEASED_IN_WORDS.get(code, "")) for code, means in _CEASED.items()),
    within="E[0-9]{1,2}[A-F]?|X[0-9]",
    keeps_words=True,
)
PLAN_END_REASON = CodesBy("kind", {"CLA": REASON_CEASED})

_KIN = "(relatives?|friends?)"
_FOSTER = "(foster(ing)?|carers?)"
_FOR_ADOPTION = "(ffa|concurrent planning|approved adopt(er|ed))"
# Each pattern takes the whole cell, so that the first that fits counts.
_FOSTERED = (
    Code(
        "U3",
        "foster placement with relative or friend, not long term or FFA",
        (),
        f".*\\b{_KIN}\\b.*\\bnot (long term|ffa)\\b.*",
    ),
    Code(
        "U6",
        "foster placement with other carer, not long term or FFA",
        (),
        f".*\\b{_FOSTER}\\b.*\\bnot (long term|ffa)\\b.*",
    ),
    Code(
        "U2",
        "foster placement with relative or friend, approved adopter (FFA)",
        (),
        f".*\\b{_KIN}\\b.*\\b{_FOR_ADOPTION}\\b.*",
    ),
    Code(
        "U5",
        "foster placement with other carer, approved adopter (FFA)",
        (),
        f".*\\b{_FOSTER}\\b.*\\b{_FOR_ADOPTION}\\b.*",
    ),
    Code(
        "U1",
        "foster placement with relative or friend, long term",
        (),
        f".*\\b{_KIN}\\b.*\\blong term\\b.*",
    ),
    Code(
        "U4",
        "foster placement with other carer, long term",
        ("long term foster placement",),
        f".*\\b{_FOSTER}\\b.*\\blong term\\b.*|long term foster.*",
    ),
)
_PLACED = {
    "P2": "independent living",
    "P3": "residential employment",
    "A3": "placed for adoption with consent, with current foster carer",
    "A4": "placed for adoption with consent, not with current foster carer",
    "A5": "placed for adoption under a placement order, with current foster carer",
    "A6": "placed for adoption under a placement order, not with current foster carer",
    "H5": "semi-independent living",
    "K1": "secure children's home",
    "K2": "children's home",
    "R1": "residential care home",
    "R2": "health trust or nursing care",
    "R3": "family centre or mother and baby unit",
    "R5": "young offender institution",
    "S1": "residential school",
    "T0": "any temporary move",
    "T1": "temporary: in hospital",
    "T2": "temporary: on holiday",
    "T3": "temporary: the carer is on holiday",
    "T4": "temporary: seven days or less",
    "Z1": "other placement",
}
PLACEMENT_KIND = CodeSet(
    (
        *_FOSTERED,
        Code(
            "P1",
            "placed with own parents",
            ("placed with parents", "living with parents"),
            "(placed|placement|living) with (own )?parents?(?! relative)",
        ),
        *(Code(code, means, (), PLACED_IN_WORDS.get(code, "")) for code, means in _PLACED.items()),
    ),
    within="[UAPHKRSTZ][0-9]",
    keeps_words=True,
    # Fosterers, kin and parents: the code says how often the child is to be seen.
    doubtful="foster(ing|ed)?|f carer|carers?|relatives?|friends?|parents?",
)
# Foster placements meant to last until the child is 18 (SSDA903).
LONG_TERM = ("U1", "U4")
# The two kinds of SSDA903, which are two facts: where the child is, is not known, or is.
MISSING_KIND = CodeSet(
    (
        Code("M", "missing: nobody knows where the child is", ("missing", "missing from care")),
        Code(
            "A",
            "away from placement without authorisation: it is known where the child is",
            ("away", "absent", "away from placement without authorisation"),
        ),
    )
)

PERIOD = CodeSet(
    (
        Code("days", "calendar days", ("day",)),
        Code("working_days", "working days", ("working day",)),
        Code("weeks", "weeks", ("week",)),
        Code("months", "calendar months", ("month",)),
    )
)
