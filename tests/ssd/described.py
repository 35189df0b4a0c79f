"""Codes as systems write them in words, where a column holds descriptions.

Source: the DfE's children looked after return (SSDA903) and children in need census.
"""

from collections.abc import Mapping

import pandas as pd

from tests.ssd.shapes import BOTH, CODE, Shape

REASON_CEASED = {
    "X1": "Episode ceases, and new episode begins on same day, for any reason",
    "E11": "Adopted - application for an adoption order unopposed",
    "E12": "Adopted – consent dispensed with by the court",
    "E2": "Died",
    "E3": "Care taken over by another local authority in the UK",
    "E4A": "Returned home to live with parent(s), relative(s), or other person(s) with parental"
    " responsibility as part of the care planning process",
    "E4B": "Returned home to live with parent(s), relative(s), or other person(s) with parental"
    " responsibility which was not part of the current care planning process",
    "E13": "Left care to live with parent(s), relative(s), or other person(s) with no parental"
    " responsibility",
    "E41": "Residence order/ child arrangement order which sets out with whom the child is to"
    " live granted",
    "E45": "Special guardianship order made to former foster carer(s), who was/are a relative(s)"
    " or friend(s)",
    "E46": "Special guardianship order made to former foster carer(s), other than relative(s) or"
    " friend(s)",
    "E47": "Special guardianship order made to carer(s), other than former foster carer(s), who"
    " was/are a relative(s) or friend(s)",
    "E48": "Special guardianship order made to carer(s), other than former foster carer(s), other"
    " than relative(s) or friend(s)",
    "E5": "Moved into independent living arrangement and no longer looked-after: supportive"
    " accommodation providing formalised advice/support arrangements",
    "E6": "Moved into independent living arrangement and no longer looked-after: accommodation"
    " providing no formalised advice/support arrangements",
    "E7": "Transferred to residential care funded by adult social care services",
    "E8": "Period of being looked-after ceased for any other reason",
    "E9": "Sentenced to custody",
    "E14": "Accommodation on remand ended",
    "E15": "Age assessment determined child is aged 18 or over",
    "E16": "Child moved abroad",
    "E17": "Aged 18 (or over) and remained with current carers",
}
LEGAL_STATUS = {
    "C1": "Interim care order",
    "C2": "Full care order",
    "D1": "Freeing order granted",
    "E1": "Placement order granted",
    "V2": "Single period of accommodation under section 20 (Children Act 1989)",
    "V3": "Accommodated under an agreed series of short-term breaks, when individual episodes of"
    " care are recorded",
    "V4": "Accommodated under an agreed series of short-term breaks, when agreements are recorded"
    " (NOT individual episodes of care)",
    "L1": "Under police protection and in local authority accommodation",
    "L2": "Emergency protection order (EPO)",
    "L3": "Under child assessment order and in local authority accommodation",
    "J1": "Remanded to local authority accommodation or to youth detention accommodation",
    "J2": "Placed in local authority accommodation under the Police and Criminal Evidence Act 1984",
    "J3": "Sentenced to Youth Rehabilitation Order",
}
ABUSE = {
    "NEG": "Neglect",
    "PHY": "Physical abuse",
    "SAB": "Sexual abuse",
    "EMO": "Emotional abuse",
    "MUL": "Multiple/not recommended",
}


def written(codes: pd.Series, words: Mapping[str, str], shape: Shape, width: int) -> pd.Series:
    """The codes as the system writes them: bare, in words, or both, cut to the column's width."""
    if shape.codes == CODE:
        return codes
    bare = {
        code: f"{code} - {text}" if shape.codes == BOTH else text for code, text in words.items()
    }
    return codes.map({code: text[:width] for code, text in bare.items()})
