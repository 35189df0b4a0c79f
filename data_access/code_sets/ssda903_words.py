"""The DfE's own words for codes of looked-after children, which some systems hold in their place.

Each is a pattern of plain words that stand far enough in front to outlive a column that cuts them.
Source: DfE, guide to the SSDA903 collection.
"""

_HOME = "returned home to live"
_GUARDED = "special guardianship order made to"
_FORMER, _OTHERS = (
    "former foster carers?( s)?",
    "carers?( s)? other than former foster carers?( s)?",
)
_WERE_KIN, _NOT_KIN = "who was are", "other than relatives?"
CEASED_IN_WORDS = {
    "X1": "new episode begins( on same day)?",
    "E11": "adoption order unopposed",
    "E12": "consent dispensed with",
    "E2": "child died",
    "E3": "care taken over by another local authority",
    "E4": _HOME,
    "E4A": f"{_HOME}\\b.*\\b(responsibility|as) (as )?part of the (current )?care planning",
    "E4B": f"{_HOME}\\b.*\\bnot part of the (current )?care planning",
    "E13": "left care to live\\b.*\\bno parental responsibility",
    "E41": "residence order child arrangements? order( which sets out)?",
    "E45": f"{_GUARDED} {_FORMER} {_WERE_KIN}",
    "E46": f"{_GUARDED} {_FORMER} {_NOT_KIN}",
    "E47": f"{_GUARDED} {_OTHERS} {_WERE_KIN}",
    "E48": f"{_GUARDED} {_OTHERS} {_NOT_KIN}",
    "E5": "supportive accommodation providing formali[sz]ed advice",
    "E6": "accommodation providing no formali[sz]ed advice",
    "E7": "residential care funded by adult",
    "E8": "ceased for any other reason",
    "E9": "sentenced to custody",
    "E14": "accommodation on remand ended",
    "E15": "age assessment determined",
    "E16": "child moved abroad",
    "E17": "remained with current carers",
}
_ADOPTED = "placed for adoption with"
_CONSENT, _ORDER = f"{_ADOPTED} parental guardian consent", f"{_ADOPTED} placement order"
PLACED_IN_WORDS = {
    "P2": "independent living e g in a flat.*",
    "A3": f"{_CONSENT} with current foster.*",
    "A4": f"{_CONSENT} not with current foster.*",
    "A5": f"{_ORDER} with current foster.*",
    "A6": f"{_ORDER} not with current foster.*",
    "H5": "semi independent living accommodation",
    "K1": "secure childrens homes?",
    "K2": "childrens homes? subject to childrens homes regulations",
    "R2": "national health service nhs health trust",
    "R5": "young offenders? institution",
    "S1": "all residential schools",
    "T0": "all types of temporary move",
    "T1": "temporary periods? in hospital",
    "T2": "temporary absences? of the child on holiday",
    "T3": "temporary accommodation whilst normal foster carers?.*",
    "Z1": "other placements? must be listed",
}
