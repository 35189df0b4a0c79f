"""What the checking library found wrong with the file, in the project's own sentences."""

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from data_access.settings_file.allowed import allowed, allowed_in, fields_of, is_list
from data_access.settings_file.words import nearest, place, written, wrong

# Keys that were there once, each with what to write instead.
GONE = {
    ("recording", "standard_working_days"): "this key has gone; write a section"
    " [[recording_standard]] with working_days = {value}, applies_from = 2000-01-01 and a source"
}


def faults(
    refused: ValidationError, file_values: Mapping[str, Any], file: type[BaseModel]
) -> list[str]:
    """One sentence for each key of the `file` that is wrong, missing or not known; each once."""
    sentences = [_fault(error, file_values, file) for error in refused.errors(include_url=False)]
    return list(dict.fromkeys(sentences))


def _fault(error: ErrorDetails, file_values: Mapping[str, Any], file: type[BaseModel]) -> str:
    section, *inner = error["loc"]
    number = int(inner.pop(0)) + 1 if inner and isinstance(inner[0], int) else None
    if not inner:
        return _of_section(file, str(section), number, error["type"])
    key, held = str(inner[0]), _held(file_values, error["loc"], number)
    if error["type"] == "missing":
        return _missing(file, str(section), number, key)
    if error["type"] == "extra_forbidden":
        return _unknown(file, str(section), number, key, held)
    fields = fields_of(file, str(section))
    use = allowed(fields[key]) if fields else allowed_in(file, str(section))
    return wrong(str(section), number, key, held, f"use {use}".rstrip(","))


def _held(file_values: Mapping[str, Any], where: Sequence[int | str], number: int | None) -> Any:
    """The key's whole value, though only one word of a list is wrong; None where it is missing."""
    value: Any = file_values
    for step in where[: 2 if number is None else 3]:
        value = value.get(step) if isinstance(value, Mapping) else value[step]
    return value


def _of_section(file: type[BaseModel], section: str, number: int | None, kind: str) -> str:
    if kind == "extra_forbidden":
        return f"[{section}] is not known; {nearest(section, tuple(file.model_fields))}"
    shape = f"[[{section}]]" if is_list(file, section) else f"[{section}]"
    if kind in ("missing", "too_short"):
        return f"{shape} is missing; add it (see docs/settings.md)"
    return f"{place(section, number)} is not written as a section; write {shape} above its keys"


def _missing(file: type[BaseModel], section: str, number: int | None, key: str) -> str:
    use = allowed(fields_of(file, section)[key]).rstrip(",")
    return f"{place(section, number)} has no {key}: add it, {use} (see docs/settings.md)"


def _unknown(file: type[BaseModel], section: str, number: int | None, key: str, held: Any) -> str:
    if (section, key) in GONE:
        return wrong(section, number, key, held, GONE[section, key].format(value=written(held)))
    known = tuple(fields_of(file, section))
    return wrong(section, number, key, held, f"there is no such key; {nearest(key, known)}")
