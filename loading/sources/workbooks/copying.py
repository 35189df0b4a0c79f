"""A user's workbook as openpyxl holds it whole, to be written again under another name."""

import warnings
from io import BytesIO
from pathlib import Path

from openpyxl import Workbook, load_workbook

from data_access.files.file_limits import need_unpacked_size
from data_access.files.text_files import bytes_within
from data_access.problems import Problem
from data_access.settings import LoadingLimits
from loading.sources.workbooks.archive import MEND, checked_archive
from loading.sources.workbooks.kinds import refuse_other_kinds
from loading.sources.workbooks.opening import UNREADABLE


def copy_of(path: Path, limits: LoadingLimits) -> Workbook:
    """All of the workbook but macros and links to others, looked at before as if it were read."""
    raw = bytes_within(path, limits.max_unpacked_mb)
    need_unpacked_size(path.name, len(raw), limits)
    refuse_other_kinds(path.name, raw)
    checked_archive(path.name, raw, limits)
    with warnings.catch_warnings():
        # openpyxl warns of what it passes over: pictures, some styles.
        warnings.simplefilter("ignore", UserWarning)
        try:
            return load_workbook(BytesIO(raw), keep_vba=False, keep_links=False)
        except UNREADABLE as fault:
            raise Problem(f"{path.name} is damaged: {MEND}.") from fault
