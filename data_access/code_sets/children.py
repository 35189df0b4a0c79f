"""The codes of children, referrals, needs, closures and assessments.

Sources: DfE, children in need census, code sets of 2026, and earlier ones where systems still hold
them; Ofsted, Annex A codes, August 2019; spellings seen in councils' returns.
"""

from data_access.code_sets.code_set import Code, CodeSet, plain_codes

# Of a letter or two, a council's own division of a code: "N5a" is N5.
_DIVIDED = "[A-Za-z]{0,2}"

SEX = CodeSet(
    (
        Code("F", "female", ("2",)),
        Code("M", "male", ("1",)),
        Code(
            "U",
            "unknown, or neither",
            ("0", "9", "unknown", "not known", "not specified", "not stated", "not recorded",
             "not stated/recorded", "not stated/recorded (or unborn)", "unborn", "indeterminate",
             "neither", "other"),
        ),
    )
)  # fmt: skip
ETHNICITY = CodeSet(
    (
        Code("WBRI", "White British", ("British",)),
        Code("WIRI", "White Irish", ("Irish",)),
        Code("WIRT", "Traveller of Irish heritage", ("Irish Traveller",)),
        Code("WROM", "Gypsy/Roma", ("Gypsy", "Roma", "Gypsy or Roma")),
        Code("WOTH", "Any other White background", ("White other", "Other White")),
        Code("MWBC", "White and Black Caribbean"),
        Code("MWBA", "White and Black African"),
        Code("MWAS", "White and Asian"),
        Code("MOTH", "Any other mixed background", ("Mixed other", "Other mixed")),
        Code("AIND", "Indian", ("Asian Indian",)),
        Code("APKN", "Pakistani", ("Asian Pakistani",)),
        Code("ABAN", "Bangladeshi", ("Asian Bangladeshi",)),
        Code("AOTH", "Any other Asian background", ("Asian other", "Other Asian")),
        Code("BCRB", "Caribbean", ("Black Caribbean",)),
        Code("BAFR", "African", ("Black African",)),
        Code("BOTH", "Any other Black background", ("Black other", "Other Black")),
        Code("CHNE", "Chinese"),
        Code("OOTH", "Any other ethnic group", ("Other ethnic group",)),
        Code("REFU", "Refused"),
        Code("NOBT", "Information not yet obtained", ("Not obtained", "Not known", "Unknown")),
    ),
    # In capitals: "both" is a word.
    within="(?-i:[A-Z]{4})",
    keeps_words=True,
    doubtful="^[a-z]{4}$",
)
REFERRAL_SOURCE = CodeSet(
    plain_codes(**{
        "1A": "individual: family member, relative or carer",
        "1B": "individual: acquaintance",
        "1C": "individual: self",
        "1D": "individual: other",
        "2A": "schools",
        "2B": "education services",
        "3A": "health services: general practitioner",
        "3B": "health services: health visitor",
        "3C": "health services: school nurse",
        "3D": "health services: other primary health services",
        "3E": "health services: accident and emergency department",
        "3F": "health services: other",
        "4": "housing",
        "5A": "local authority services: social care",
        "5B": "local authority services: other internal",
        "5C": "local authority services: external",
        "5D": "local authority services: early help",
        "6": "police",
        "7": "other legal agency",
        "8": "other source",
        "9": "anonymous",
        "10": "unknown",
    }),
    within="[0-9]{1,2}[A-F]?",
    keeps_words=True,
)  # fmt: skip
NEED = CodeSet(
    (
        Code(
            "N1",
            "abuse or neglect",
            ("Abuse, neglect and exploitation", "neglect"),
            # Of drink or drugs it is the parents' (N3) or the child's own (N6): "abuse" can't tell.
            "(?<!drug )(?<!drugs )(?<!alcohol )(?<!substance )abuse|neglect|abuse or neglect",
        ),
        Code(
            "N2",
            "child's disability or illness",
            ("child's disability", "childrens disability", "child illness"),
            "(child|childs|childrens) (disability|illness)( (or )?(illness|disability))?",
        ),
        Code(
            "N3",
            "parental disability or illness",
            ("parent's disability", "carer's disability or illness", "parental mental illness"),
            "(parents?|parental|carers?)( or carers?)?( with)?( chronic)?( mental)?"
            " (disability|disabled|illness)( (or )?(illness|disability|disabled))?",
        ),
        Code("N4", "family in acute stress", ("acute stress",), "(family in )?acute stress"),
        Code("N5", "family dysfunction", ("dysfunctional",), "(family )?dysfunction(al)?"),
        Code(
            "N6",
            "socially unacceptable behaviour",
            ("unacceptable behaviour",),
            "(socially )?unacceptable behaviour",
        ),
        Code("N7", "low income", (), "low income"),
        Code("N8", "absent parenting", ("absent parent",), "absent parent(s|ing)?"),
        Code(
            "N9",
            "cases other than children in need",
            ("other than child in need",),
            "(cases )?other than child(ren)?( in need)?",
        ),
        Code("N0", "not stated", (), "not stated"),
    ),
    within="N[0-9]",
    divided=_DIVIDED,
)
CLOSURE = CodeSet(
    (
        Code("RC1", "adopted", ("adoption",), "adopted|adoption"),
        Code("RC2", "died", ("death", "deceased"), "died|death|deceased"),
        Code(
            "RC3",
            "child arrangements order",
            ("residence order",),
            "residence order|child arrangements?( order)?",
        ),
        Code(
            "RC4",
            "special guardianship order",
            ("special guardianship",),
            "special g(uardianship|ship)?( order)?",
        ),
        Code(
            "RC5",
            "transferred to services of another local authority",
            ("another LA", "out of area"),
            "(an)?other (la|local authority)|out of area",
        ),
        Code(
            "RC6",
            "transferred to adult social care services",
            ("adult services", "adult social care"),
            "adults?( social)?( care)?( services)?",
        ),
        Code(
            "RC7",
            "services ceased for any other reason, including child no longer in need",
            ("services ceased for any other reason", "no longer in need"),
            "(services )?ceased for any other reason|any other reason|(child )?no longer in need",
        ),
        Code(
            "RC8",
            "case closed after assessment, no further action",
            ("closed after assessment",),
            "(case )?closed after( [a-z]+){0,3} assessment|after (c f )?assess(ment)?",
        ),
        Code(
            "RC9",
            "case closed after assessment, referred to early help",
            (),
            "(case )?closed after( [a-z]+){0,3} assessment( [a-z]+){0,4} early help",
        ),
    ),
    within="RC[0-9]",
    divided=_DIVIDED,
)
_IN_FAMILY = {
    "1": "alcohol misuse", "2": "drug misuse", "3": "domestic abuse", "4": "mental health",
    "5": "learning disability", "6": "physical disability or illness",
}  # fmt: skip
_OF = {"A": "the child", "B": "a parent or carer", "C": "another person in the household"}
FACTOR = CodeSet(
    plain_codes(
        **{
            **{
                f"{number}{letter}": f"{what}: {whose}"
                for number, what in _IN_FAMILY.items()
                for letter, whose in _OF.items()
            },
            "7A": "young carer",
            "8A": "privately fostered",
            "8B": "privately fostered: from overseas, intending to return",
            "8C": "privately fostered: from overseas, intending to stay",
            "8D": "privately fostered: in an educational placement",
            "8E": "privately fostered: alternative family arrangements",
            "8F": "privately fostered: other",
            "9A": "unaccompanied asylum-seeking child",
            "10A": "going missing",
            "11A": "child sexual exploitation",
            "12A": "trafficking",
            "13A": "gangs",
            "14A": "socially unacceptable behaviour",
            "15A": "self-harm",
            "16A": "neglect",
            "17A": "emotional abuse",
            "18A": "physical abuse",
            "18B": "physical abuse, child on child",
            "18C": "physical abuse, adult on child",
            "19A": "sexual abuse",
            "19B": "sexual abuse, child on child",
            "19C": "sexual abuse, adult on child",
            "20": "other factor",
            "21": "no factors identified",
            "22A": "female genital mutilation",
            "23A": "abuse linked to faith or belief",
            "24A": "child criminal exploitation",
        }
    ),
    # What the DfE adds next is kept as it is, and `check` says that it is not known yet.
    keeps_words=True,
)
# By these an assessment says that it found no factor.
NOTHING_FOUND = frozenset({"21"})
# fmt: skip
