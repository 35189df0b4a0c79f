"""`python -m bench.ssd`: measures the load of a large council's database, for docs/performance.md.

`make bench` measures it too, after everything else.
"""

import argparse
import sys
from pathlib import Path

from bench.measure import PROJECT
from bench.ssd.loading import COPIES, measured_load
from bench.ssd.report import section, with_section

BUILD, REPORT = PROJECT / "build" / "bench", PROJECT / "docs" / "performance.md"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.ssd", description=__doc__)
    parser.add_argument("--copies", type=int, default=COPIES, help="how large the council is")
    parser.add_argument("--out", type=Path, default=REPORT)
    options = parser.parse_args()
    BUILD.mkdir(parents=True, exist_ok=True)
    page = options.out.read_text(encoding="utf-8")
    part = section(measured_load(options.copies, BUILD))
    options.out.write_text(with_section(page, part), encoding="utf-8")
    print(part, file=sys.stderr)


if __name__ == "__main__":
    main()
