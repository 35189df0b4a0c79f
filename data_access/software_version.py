"""Which version of ChildStat this is: said in `pyproject.toml` and nowhere else."""

import tomllib
from functools import cache
from pathlib import Path

PYPROJECT = Path(__file__).parent.parent / "pyproject.toml"


@cache
def software_version() -> str:
    """As in "1.2.3": what loads, publications and slides are marked with."""
    return tomllib.loads(PYPROJECT.read_text(encoding="utf-8"))["project"]["version"]
