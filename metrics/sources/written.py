"""What each source can give, as a page of documentation: made of the declarations."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from metrics.sources.available import (
    COLUMNS,
    LEGEND,
    Together,
    headings,
    only_in_files,
    reasons,
    rows,
)

IN_FILES = "CSV files alone"


def in_markdown() -> str:
    """The table of figures by sources, and under it why a source can't give what it can't."""
    legend = "\n".join(f"- {sign}: {means}" for sign, means in LEGEND)
    parts = [_table(headings(), rows()), legend]
    parts += [
        f"## {IN_FILES}",
        "\n".join(f"- {name}. {why}" for name, why in only_in_files().items()),
    ]
    for together in COLUMNS:
        if lacking := reasons(together):
            parts += [f"## {together.name}", "\n".join(_lines(together, lacking))]
    return "\n\n".join(parts) + "\n"


def _table(names: Sequence[str], of_rows: Iterable[Sequence[str]]) -> str:
    lines = [names, ["---"] * len(names), *of_rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _lines(together: Together, lacking: Mapping[str, Sequence[str]]) -> Iterator[str]:
    commands = " and ".join(dict.fromkeys(f"`{one.command}`" for one in together.sources))
    yield f"Loaded by {commands}. Not available:"
    yield ""
    for why, names in lacking.items():
        yield f"- {'; '.join(names)}. {why}"
