"""The children of a return: one row each, from every list that names them."""

from collections.abc import Iterable

from loading.sources.reading import Gathering

FACTS = ("born_on", "sex", "ethnicity")


def gather_children(gathering: Gathering, lists: Iterable[Iterable[dict]]) -> None:
    """One child per id, each fact from the first list that has it.

    A return says of nobody that the record is restricted.
    """
    children: dict[str, dict] = {}
    for rows in lists:
        for row in rows:
            known = children.get(row["child_id"])
            if known is None:
                facts = {name: row.get(name) for name in FACTS}
                known = {"child_id": row["child_id"], **facts}
                gathering.offer("child", **known, found_at=row["found_at"])
                children[row["child_id"]] = gathering.rows["child"][-1]
                continue
            for name in FACTS:
                known[name] = row.get(name) if known[name] is None else known[name]
