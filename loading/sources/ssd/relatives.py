"""Mothers of the children whom an SSD names: people who are children of no referral."""

from loading.sources.ssd.case import whole_names
from loading.sources.ssd.declared import MOTHERS, PERSON
from loading.sources.ssd.drawing import Drawing

OF_NO_CHILD = "no child, or no mother, of those who are loaded"
TWICE = "the same mother again"


def draw_mothers(drawing: Drawing) -> None:
    """The mother of each child, by name where she is among the people; verified by nobody.

    A row that lacks one of the two, or whose child is none of ours, says nothing.
    """
    rows, people = drawing.of(MOTHERS), drawing.of(PERSON)
    children = drawing.frames["child"]["child_id"]
    known = rows["person_id"].notna() & rows["child_id"].isin(children)
    drawing.pass_over("relationship", OF_NO_CHILD, int((~known).sum()))
    pairs = rows[known].drop_duplicates(["child_id", "person_id"]).reset_index(drop=True)
    drawing.pass_over("relationship", TWICE, int(known.sum()) - len(pairs))
    if pairs.empty:
        return
    ids = pairs["child_id"].astype(str) + "-mother-" + pairs["person_id"].astype(str)
    drawing.keep(
        "relationship",
        pairs.assign(relationship_id=ids, role="mother", verified=False, source=MOTHERS.name),
    )
    named = people.assign(person_id=people["child_id"], name=whole_names(people))
    named = named.drop_duplicates("person_id")[["person_id", "name", "sex"]]
    mothers = pairs.drop_duplicates("person_id")
    drawing.keep("person", mothers.merge(named, on="person_id", how="left"))
