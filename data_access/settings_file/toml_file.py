"""A file of settings read as values, and held against the keys that it may have."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from data_access.files.text_files import text_of
from data_access.problems import WrongSettings
from data_access.settings_file.words import refuse

if TYPE_CHECKING:
    from pydantic import BaseModel

    File = TypeVar("File", bound=BaseModel)


def read_toml(file: Path) -> Mapping[str, Any]:
    """What a file that is there says; a Problem where it can't be read."""
    text = text_of(file, "save it as UTF-8")
    if text.doubts:
        raise WrongSettings(f"{file.name} cannot be read: save it as UTF-8.")
    try:
        return tomllib.loads(text.words)
    except tomllib.TOMLDecodeError as fault:
        raise WrongSettings(f"{file.name} cannot be read: {fault}. Mend that line.") from None


def held_against(model: "type[File]", file_values: Mapping[str, Any], name: str) -> "File":
    """The values as `model` has them; one Problem for all that it does not allow."""
    # The library takes a while to load, and most commands' help needs no settings.
    from pydantic import ValidationError

    from data_access.settings_file.faults import faults

    try:
        return model.model_validate(file_values)
    except ValidationError as refused:
        refuse(name, faults(refused, file_values, model))
        raise


def as_tuples(entry: Mapping[str, Any]) -> dict[str, Any]:
    """The entry's lists as values that can't be changed; what it leaves out has its default."""
    return {key: _fixed(value) for key, value in entry.items() if value is not None}


def _fixed(value: Any) -> Any:
    return tuple(_fixed(one) for one in value) if isinstance(value, list) else value
