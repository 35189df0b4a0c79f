"""Where the tests' outside programs are: a browser, PostgreSQL's server, a provider, nginx."""

import os
import shutil
from importlib.util import find_spec
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
PROVIDER = Path(__file__).parent.parent / "build" / "openid"
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


def openid_provider() -> tuple[Path, Path] | None:
    """Node, and the folder with the OpenID provider that the tests sign in at.

    Playwright brings the Node that it runs on itself, so there is one wherever there are tests.
    """
    node = _playwright_node() or shutil.which("node")
    installed = (PROVIDER / "node_modules" / "oidc-provider" / "package.json").exists()
    return (Path(node), PROVIDER) if node and installed else None


def _playwright_node() -> str | None:
    package = find_spec("playwright")
    if package is None or package.origin is None:
        return None
    return shutil.which("node", path=str(Path(package.origin).parent / "driver"))


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
