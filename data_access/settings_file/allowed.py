"""What a key of the settings' file may hold, in words: made from its type and range."""

from datetime import date
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from data_access.settings_file.kinds import OneOf

TEXT = "a text in quotes, on one line and not empty"
TYPES = {
    bool: "true or false",
    int: "a whole number",
    float: "a number",
    str: TEXT,
    date: "a date, as 2016-04-01,",
}


def allowed(field: FieldInfo) -> str:
    """As in "a whole number from 1 to 366", to be read after "use"."""
    return _allowed(field.annotation, field.metadata)


def fields_of(file: type[BaseModel], section: str) -> dict[str, FieldInfo]:
    """The keys of a section, or of each entry of it; none where the council makes up the keys."""
    model = _model(file.model_fields[section].annotation)
    return dict(model.model_fields) if model else {}


def allowed_in(file: type[BaseModel], section: str) -> str:
    """What every key may hold of a section whose keys the council makes up."""
    return _allowed(get_args(file.model_fields[section].annotation)[1], [])


def is_list(file: type[BaseModel], section: str) -> bool:
    """Whether the section is written [[so]], once for each entry."""
    kind = file.model_fields[section].annotation
    while get_origin(kind) in (Annotated, Union, UnionType):
        kind = get_args(kind)[0]
    return get_origin(kind) is list


def _model(kind: Any) -> type[BaseModel] | None:
    if get_origin(kind) in (Annotated, Union, UnionType, list):
        return _model(get_args(kind)[0])
    return kind if isinstance(kind, type) and issubclass(kind, BaseModel) else None


def _allowed(kind: Any, marks: list[Any]) -> str:
    if get_origin(kind) is Annotated:
        of, *more = get_args(kind)
        return _allowed(of, [*more, *marks])
    if get_origin(kind) in (Union, UnionType):
        kind_if_any = next(member for member in get_args(kind) if member is not NoneType)
        return _allowed(kind_if_any, marks)
    words = next((mark.words for mark in marks if isinstance(mark, OneOf)), None)
    if words:
        return "one of " + ", ".join(f'"{word}"' for word in words)
    if get_origin(kind) is list:
        return f"a list in [ ], {_number_of(marks)}, each {_allowed(get_args(kind)[0], [])}"
    return TYPES[kind] + _range(marks)


def _number_of(marks: list[Any]) -> str:
    most = _end(marks, "max_length")
    if most is not None:
        return f"1 to {most} of them"
    return "at least one of them" if _end(marks, "min_length") else "none or more of them"


def _range(marks: list[Any]) -> str:
    least, most = _end(marks, "ge"), _end(marks, "le")
    return "" if least is None else f" from {least} to {most}"


def _end(marks: list[Any], name: str) -> Any:
    ends = (getattr(mark, name, None) for mark in marks)
    return next((end for end in ends if end is not None), None)
