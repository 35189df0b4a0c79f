"""What is wrong between settings of what weighs on a worker, of which each by itself is right."""

from collections.abc import Iterator

from data_access.code_sets.children import FACTOR
from data_access.settings import EVERY_UNIT, Settings
from data_access.settings_file.words import nearest, said_twice, wrong

GROUP = "exposure_group"


def practice_checks(settings: Settings) -> Iterator[str]:
    """One sentence for each thing that can't be meant: the viewer first, then groups."""
    staff_of, units = settings.viewer.staff_of, settings.viewer.units
    if EVERY_UNIT in staff_of:
        use = "name each unit: what one worker carries is for the managers of that unit"
        yield wrong("viewer", None, "staff_of", list(staff_of), use)
    elif EVERY_UNIT not in units and not set(staff_of) <= set(units):
        use = "name only units that are among its units as well"
        yield wrong("viewer", None, "staff_of", list(staff_of), use)
    groups = settings.practice.groups
    yield from said_twice(GROUP, groups, lambda one: one.group, "group")
    for number, one in enumerate(groups, 1):
        for code in one.factors:
            if code not in FACTOR.names:
                use = f'"{code}" is no factor of the children in need census; '
                use += nearest(code, FACTOR.names)
                yield wrong(GROUP, number, "factors", list(one.factors), use)
