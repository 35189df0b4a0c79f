"""Ids that lost their leading zeros on the way through Excel, and whether that is sure."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Zeros:
    """Ids of a column that are no known id, and differ from one by leading zeros only.

    `forms` has, for each, the known id; `doubt` says why the column as a whole does not agree.
    """

    forms: Mapping[str, str]
    doubt: str | None = None

    @property
    def example(self) -> tuple[str, str]:
        """The first such id, and the known one."""
        return next(iter(self.forms.items()))


def without_zeros(id_text: str) -> str:
    """The id as a number cell has it."""
    return id_text.lstrip("0") if id_text.isdigit() else id_text


def lost_zeros(ids: Collection[str], known: Collection[str], *, all_known: bool) -> Zeros | None:
    """Which ids differ from known ones by leading zeros only; None where none does.

    The column agrees where one side has no leading zero anywhere, no id could be two, and, if
    `all_known`, no id stays unknown.
    """
    unknown = {id_text for id_text in ids if id_text not in known}
    if not unknown or not any(id_text.startswith("0") for id_text in (*unknown, *known)):
        return None
    forms = _by_figures(known)
    close = {
        id_text: forms[without_zeros(id_text)]
        for id_text in sorted(unknown)
        if without_zeros(id_text) in forms
    }
    if not close:
        return None
    others = sorted(unknown - close.keys()) if all_known else []
    doubt = _doubt(ids, known, forms) or (
        f"'{others[0]}' would still be in none" if others else None
    )
    return Zeros({id_text: its[0] for id_text, its in close.items()}, doubt)


def alike_but_for_zeros(ids: Iterable[str]) -> list[tuple[str, ...]]:
    """Ids of one column that differ by leading zeros only, and may be one."""
    ids = {*ids}
    if not any(id_text.startswith("0") for id_text in ids):
        return []
    return [tuple(sorted(its)) for its in _by_figures(ids).values() if len(its) > 1]


def _by_figures(known: Collection[str]) -> dict[str, list[str]]:
    forms: dict[str, list[str]] = {}
    for id_text in known:
        forms.setdefault(without_zeros(id_text), []).append(id_text)
    return forms


def _doubt(
    ids: Collection[str], known: Collection[str], forms: Mapping[str, list[str]]
) -> str | None:
    for id_text in ids:
        its = forms.get(without_zeros(id_text), ())
        if len(its) > 1:
            return f"'{id_text}' could be {' or '.join(repr(form) for form in sorted(its))}"
    with_zeros = next((id_text for id_text in ids if _has_zeros(id_text)), None)
    if with_zeros and any(_has_zeros(id_text) for id_text in known):
        return f"others have kept their zeros, as '{with_zeros}'"
    return None


def _has_zeros(id_text: str) -> bool:
    return len(without_zeros(id_text)) < len(id_text)
