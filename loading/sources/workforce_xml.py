"""Opens the XML of a workforce census return: its root, or in one sentence why it is none."""

from pathlib import Path
from typing import Any

from data_access.files.text_files import bytes_of
from data_access.problems import Problem
from data_access.settings import LoadingLimits
from loading.sources.returns.xml_file import REMEDY, root_of

MARK_OF_A_RETURN = b"CSWW"


def root_of_return(path: Path, limits: LoadingLimits) -> Any:
    """The root, tags without their namespaces; a Problem with the cause where it is no return."""
    root = root_of(path, limits)
    if root.find(".//CSWWWorker") is None:
        raise Problem(
            f"{path.name} is not a workforce census return: it begins with <{root.tag}> and has no"
            " CSWWWorker. Give the XML that is sent to the DfE."
        )
    return root


def why_no_return(path: Path, limits: LoadingLimits) -> str | None:
    """Why an XML file of a folder is not read; None for a return, be it whole or not."""
    if MARK_OF_A_RETURN in bytes_of(path, REMEDY, limits).replace(b"\0", b""):
        return None
    return (
        "is no workforce census return (nothing in it is named CSWW), and was not read; take it out"
    )
