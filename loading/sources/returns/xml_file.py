"""Opens an XML file that somebody gives: its root, or in one sentence why it can't be read.

A document type with entities in it, by which a small file can fill a machine's memory or ask for
other files, is refused unread: a return has none.
"""

import re
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError
from xml.parsers.expat import errors

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from data_access.files.text_files import bytes_of
from data_access.problems import Problem
from data_access.settings import LoadingLimits

REMEDY = "export the return again, and do not edit it"
CUT = ("NO_ELEMENTS", "UNCLOSED_TOKEN", "PARTIAL_CHAR", "UNCLOSED_CDATA_SECTION")
OTHER_ENCODING = ("UNKNOWN_ENCODING", "INCORRECT_ENCODING")


def root_of(path: Path, limits: LoadingLimits) -> Any:
    """The root, tags without their namespaces; a Problem with the cause where it is no XML."""
    root = _root(path.name, bytes_of(path, REMEDY, limits))
    for element in root.iter():
        element.tag = re.sub(r"^\{.*\}", "", str(element.tag))
    return root


def _root(name: str, raw: bytes) -> Any:
    if not raw.strip():
        raise Problem(f"{name} is empty: {REMEDY}.")
    try:
        return fromstring(raw, forbid_dtd=True)
    except DefusedXmlException:
        why = "declares a document type or entities, which no return does, and was not read"
    except ParseError as fault:
        why = _why(raw, fault)
    except (LookupError, ValueError):
        why = "declares an encoding that can't be read"
    raise Problem(f"{name} {why}: {REMEDY}.")


def _why(raw: bytes, fault: ParseError) -> str:
    line = fault.position[0]
    kind = errors.messages[fault.code]
    if kind in _messages(CUT):
        return f"is not whole: it ends in line {line}, before its last tag"
    if kind in _messages(OTHER_ENCODING):
        return "is not in the encoding that it declares"
    if kind == errors.XML_ERROR_INVALID_TOKEN and not _is_utf_8(raw):
        return f"is not in the encoding that it declares: line {line} can't be read"
    return f"is not XML that can be read: {kind} in line {line}"


def _messages(names: tuple[str, ...]) -> set[str]:
    return {getattr(errors, f"XML_ERROR_{name}") for name in names}


def _is_utf_8(raw: bytes) -> bool:
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
