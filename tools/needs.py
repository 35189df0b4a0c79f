"""Where the tests' outside programs are on this machine: a browser, PostgreSQL's server, nginx."""

import os
import shutil
from pathlib import Path

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PLAYWRIGHT_FOLDERS = (
    "~/.cache/ms-playwright",
    "~/Library/Caches/ms-playwright",
    "~/AppData/Local/ms-playwright",
)
PLAYWRIGHT_PROGRAMS = (
    "chromium-*/chrome-linux*/chrome",
    "chromium-*/chrome-mac*/*.app/Contents/MacOS/*",
    "chromium-*/chrome-win*/chrome.exe",
)
POSTGRESQL_FOLDERS = ("/usr/lib/postgresql", "/opt/homebrew/opt", "/usr/local/opt")


def chromium() -> Path | None:
    """The browser to test with: CHILDSTAT_CHROMIUM, the system's, or Playwright's own."""
    named = os.environ.get("CHILDSTAT_CHROMIUM")
    if named:
        return Path(named)
    for name in CHROMIUM_NAMES:
        program = shutil.which(name)
        if program:
            return Path(program)
    return _playwright_chromium()


def _playwright_chromium() -> Path | None:
    """Looked for as a file: starting Playwright to ask needs libraries that may be missing yet."""
    folders = [os.environ.get("PLAYWRIGHT_BROWSERS_PATH"), *PLAYWRIGHT_FOLDERS]
    for folder in filter(None, folders):
        for program in PLAYWRIGHT_PROGRAMS:
            paths = sorted(Path(folder).expanduser().glob(program))
            if paths:
                return paths[-1]
    return None


def postgresql() -> Path | None:
    """The folder that holds `initdb` and `postgres`, the newest version first."""
    folders = [path.parent] if (path := _on_path("initdb")) else []
    for folder in map(Path, POSTGRESQL_FOLDERS):
        folders += sorted(folder.glob("*/bin"), key=_version, reverse=True)
    return next((folder for folder in folders if _is_whole(folder)), None)


def nginx() -> Path | None:
    """The proxy to test with. Debian keeps it where only root looks."""
    found = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
    return Path(found) if found else None


def _on_path(name: str) -> Path | None:
    path = shutil.which(name)
    return Path(path).resolve() if path else None


def _is_whole(folder: Path) -> bool:
    return (folder / "initdb").exists() and (folder / "postgres").exists()


def _version(folder: Path) -> int:
    digits = "".join(filter(str.isdigit, folder.parent.name))
    return int(digits or 0)
