"""Which code the words of a coded cell stand for, where no code stands beside them.

Every phrase is a pattern of whole plain words. Of all that stand in a cell the longest counts:
"disability" is part of "parental disability", "care order" of "interim care order".
"""

import re
from collections.abc import Mapping

from loading.sources.annex_a.plain_words import plain

# "Returned home (not under a residence order)" has no residence order.
_DENIED = re.compile(r"\(not under [^)]*\)?", re.IGNORECASE)

NEEDS = {
    # Of drink or drugs it is the parents' (N3) or the child's own (N6): the word alone can't tell.
    "(?<!drug )(?<!drugs )(?<!alcohol )(?<!substance )abuse|neglect|abuse or neglect": "N1",
    "(child|childs|childrens) (disability|illness)( (or )?(illness|disability))?": ("N2"),
    "(parents?|parental|carers?)( or carers?)?( with)?( chronic)?( mental)?"
    " (disability|disabled|illness)( (or )?(illness|disability|disabled))?": "N3",
    "(family in )?acute stress": "N4",
    "(family )?dysfunction(al)?": "N5",
    "(socially )?unacceptable behaviour": "N6",
    "low income": "N7",
    "absent parent(s|ing)?": "N8",
    "(cases )?other than child(ren)?( in need)?": "N9",
    "not stated": "N0",
}
CLOSURES = {
    "adopted|adoption": "RC1",
    "died|death|deceased": "RC2",
    "residence order|child arrangements?( order)?": "RC3",
    "special g(uardianship|ship)?( order)?": "RC4",
    "(an)?other (la|local authority)|out of area": "RC5",
    "adults?( social)?( care)?( services)?": "RC6",
    "(services )?ceased for any other reason|any other reason|(child )?no longer in need": "RC7",
    "(case )?closed after( [a-z]+){0,3} assessment|after (c f )?assess(ment)?": "RC8",
}
LEGAL = {
    "((agreed )?series of )?short ?(term )?breaks?|respite|series": "V3",
    "interim care order|interim care": "C1",
    "placement order": "E1",
    "(full )?care order|wardship": "C2",
    "freed|freeing": "D1",
    "single (period|placement)|section 20|s ?20": "V2",
    "police protection|police powers": "L1",
    "emergency protection( order)?|epo": "L2",
    "child assessment order": "L3",
    "remand(ed)?": "J1",
    "pace": "J2",
    "youth rehab(ilitation)?( order)?": "J3",
}
_KIN = "(relatives?|friends?)"
_FOR_ADOPTION = "(ffa|concurrent planning|approved adopt(er|ed))"
# Each takes the whole cell, so that the first that fits counts.
PLACEMENTS = {
    f".*\\b{_KIN}\\b.*\\bnot (long term|ffa)\\b.*": "U3",
    ".*\\b(foster(ing)?|carers?)\\b.*\\bnot (long term|ffa)\\b.*": "U6",
    f".*\\b{_KIN}\\b.*\\b{_FOR_ADOPTION}\\b.*": "U2",
    f".*\\b(foster(ing)?|carers?)\\b.*\\b{_FOR_ADOPTION}\\b.*": "U5",
    f".*\\b{_KIN}\\b.*\\blong term\\b.*": "U1",
    ".*\\b(foster(ing)?|carers?)\\b.*\\blong term\\b.*|long term foster.*": "U4",
    "(placed|placement|living) with (own )?parents?(?! relative)": "P1",
}
# Fosterers, kin and parents: the code says how often the child is to be seen.
DOUBTFUL_PLACEMENT = "foster(ing|ed)?|f carer|carers?|relatives?|friends?|parents?"


def code_in_words(words: str, phrases: Mapping[str, str]) -> str | None:
    """The code of the longest phrase that stands in `words`; of equals, of the first."""
    answer = plain(_DENIED.sub(" ", words))
    found = [
        (len(match.group()), code)
        for phrase, code in phrases.items()
        for match in re.finditer(rf"\b({phrase})\b", answer)
    ]
    return max(found, key=lambda one: one[0])[1] if found else None
