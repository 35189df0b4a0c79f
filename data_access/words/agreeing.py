"""Words that agree with a number: "1 row is", "2 rows are"."""


def agreeing(number: float, one: str, more: str | None = None) -> str:
    """`one` of exactly one thing, else `more`, which is `one` and an s unless it is given."""
    return one if number == 1 else more or f"{one}s"


class Agreeing(str):
    """A number as it is written, for a template: "{n} {n:row is|rows are}" picks by the number."""

    number: float

    def __new__(cls, number: float, written: str) -> "Agreeing":
        """`written` is what stands in the text; `number` is what its words agree with."""
        made = super().__new__(cls, written)
        made.number = number
        return made

    def __format__(self, forms: str) -> str:
        return agreeing(self.number, *forms.split("|")) if forms else str(self)
