"""What sections of the settings' file are made of: strict, texts of one line, words of a list."""

from datetime import date
from typing import Annotated

from annotated_types import Ge, Le
from pydantic import BaseModel, ConfigDict, GetCoreSchemaHandler, StringConstraints
from pydantic_core import CoreSchema, core_schema


class OneOf:
    """Marks a text that is one of the words that the product knows."""

    def __init__(self, words: tuple[str, ...]) -> None:
        self.words = words

    def __get_pydantic_core_schema__(
        self, _source: object, _handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return core_schema.literal_schema(list(self.words))


# One line: it is shown on pages, and no slide can hold what is not printed.
ONE_LINE = r"^[^\x00-\x1f\x7f]*[^\x00-\x20\x7f][^\x00-\x1f\x7f]*$"
Text = Annotated[str, StringConstraints(pattern=ONE_LINE)]
Day = Annotated[date, Ge(date(1948, 1, 1)), Le(date(2099, 12, 31))]


class Section(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, allow_inf_nan=False)
