"""What the bench's page is written with."""


def table(head: list[str], rows: list[list[str]]) -> str:
    """In Markdown."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def ratio(seconds: float | None, base: float | None) -> str:
    """How many times as long; a dash where one is not known."""
    return "–" if not seconds or not base else f"{seconds / base:.1f} times"
