"""Reads `segments.toml`, the rules of units. The only module that opens it."""

from pathlib import Path

from data_access.settings_file.segment_checks import segment_checks
from data_access.settings_file.toml_file import as_tuples, held_against, read_toml
from data_access.settings_file.words import refuse
from data_access.unit_settings.segment_settings import (
    NO_SEGMENTS,
    Decides,
    FactorGroup,
    SegmentRule,
    Segments,
    segments_path,
)


def read_segments(settings_file: Path) -> Segments:
    """The groups and rules that stand beside the file of settings; none where no file does.

    All that is wrong with it is one Problem, as of the file of settings. Whether two rules may
    both fit a family is not known here: see `metrics.council.checked`.
    """
    file = segments_path(settings_file)
    if not file.exists():
        return NO_SEGMENTS
    from data_access.settings_file.segment_sections import SegmentsFile

    found = held_against(SegmentsFile, read_toml(file), file.name)
    segments = Segments(
        tuple(FactorGroup(**as_tuples(vars(entry))) for entry in found.factor_group),
        tuple(SegmentRule(**as_tuples(vars(entry))) for entry in found.segment),
        tuple(Decides(**as_tuples(vars(entry))) for entry in found.decides),
    )
    refuse(file.name, list(segment_checks(segments)))
    return segments
