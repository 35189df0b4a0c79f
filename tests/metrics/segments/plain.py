"""The rules of Appendix 9 as one reads them, written apart from the product's: for comparison."""

PHYSICAL = {"18A", "18B", "18C", "3A"}
PARENT = {"4B", "2B", "1B"}
SEXUAL = {"19A", "19B", "19C", "11A"}
CHILD = {"4A", "15A", "14A", "2A", "1A"}
DOMESTIC = {"3B", "3C"}


def units_that_fit(children: list[tuple[int | None, set[str]]]) -> list[str | None]:
    """Every unit whose rule fits children of these ages with these factors, each asked alone."""
    family = set().union(*(factors for _, factors in children))
    fitting: list[str | None] = []
    if family & PHYSICAL and family & PARENT and not family & SEXUAL:
        fitting.append("U1")
    old = any(age is not None and age >= 7 and factors & CHILD for age, factors in children)
    if old and not family & SEXUAL and not family & PHYSICAL:
        fitting.append("U2")
    others = SEXUAL | PHYSICAL | CHILD | PARENT
    if family & DOMESTIC and not family & others:
        fitting.append("U3")
    if "16A" in family and not family & others and not family & DOMESTIC:
        fitting.append("U4")
    return fitting
