"""Installs what the tests need beside Python, if it's missing and this user may install it.

A browser, PostgreSQL's server and nginx, from the system's packages (root or sudo without a
password); the browser else by Playwright. An OpenID provider, by npm, into build/. What can't be
had is said, and its tests will be skipped.
CHILDSTAT_INSTALL=no leaves the machine as it is.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tools.needs import PROVIDER, chromium, nginx, openid_provider, postgresql

# Fonts as wide as Arial, and a library that Playwright's driver needs on a bare system.
OPENID_PROVIDER = "oidc-provider@9.13.3"
BROWSER = ["chromium", "fonts-liberation", "libatomic1"]
# A file here that says so keeps Debian's postgresql from starting a server of its own.
CLUSTER_SETTINGS = Path("/etc/postgresql-common/createcluster.d/childstat-tests.conf")
# A program here that says 101 keeps Debian's packages from starting what they install.
STARTS_NOTHING = Path("/usr/sbin/policy-rc.d")


def install_needs() -> None:
    if os.environ.get("CHILDSTAT_INSTALL") == "no":
        return
    if chromium() is None:
        _install("a browser", BROWSER) or _by_playwright()
    if postgresql() is None:
        with _no_cluster_of_its_own():
            _install("PostgreSQL", ["postgresql"])
    if nginx() is None:
        with _no_server_of_its_own():
            _install("nginx", ["nginx"])
    if openid_provider() is None:
        _provider_by_npm()
    _say_what_is_missing()


def _say_what_is_missing() -> None:
    needs = {
        "Chromium": chromium(),
        "PostgreSQL": postgresql(),
        "nginx": nginx(),
        "The OpenID provider": openid_provider(),
    }
    for name, path in needs.items():
        if path is None:
            print(f"NOT TESTED: {name} is missing; its tests will be skipped.", file=sys.stderr)


def _install(what: str, packages: list[str]) -> bool:
    """Whether the system's packages could be installed."""
    root = _as_root()
    if root is None or shutil.which("apt-get") is None:
        return False
    print(f"Installing {what} for the tests: apt-get install {' '.join(packages)}", flush=True)
    command = [*root, "apt-get", "install", "--yes", "--quiet", "--no-install-recommends"]
    return _ran([*root, "apt-get", "update", "--quiet"]) and _ran([*command, *packages])


def _by_playwright() -> bool:
    print("Installing a browser for the tests: playwright install chromium", flush=True)
    return _ran([sys.executable, "-m", "playwright", "install", "chromium"])


def _provider_by_npm() -> None:
    """A certified provider of 3 MB, and what it needs; npm itself from the system's packages."""
    npm = shutil.which("npm")
    if npm is None and _install("npm", ["npm"]):
        npm = shutil.which("npm")
    if npm is None:
        return
    print(f"Installing an OpenID provider for the tests: npm install {OPENID_PROVIDER}", flush=True)
    PROVIDER.mkdir(parents=True, exist_ok=True)
    quietly = ["--no-audit", "--no-fund", "--no-save", "--ignore-scripts", "--loglevel=error"]
    _ran([npm, "install", *quietly, "--prefix", str(PROVIDER), OPENID_PROVIDER])


def _as_root() -> list[str] | None:
    """What to put before a command that needs root; None if this user may not."""
    if os.name == "nt":
        return None
    if os.geteuid() == 0:
        return ["env", "DEBIAN_FRONTEND=noninteractive"]
    if shutil.which("sudo") and _ran(["sudo", "-n", "true"]):
        return ["sudo", "-n", "env", "DEBIAN_FRONTEND=noninteractive"]
    return None


@contextmanager
def _no_cluster_of_its_own() -> Iterator[None]:
    root = _as_root()
    if root is None or CLUSTER_SETTINGS.exists():
        yield
        return
    _ran([*root, "mkdir", "-p", str(CLUSTER_SETTINGS.parent)])
    _ran([*root, "tee", str(CLUSTER_SETTINGS)], "create_main_cluster = false\n")
    try:
        yield
    finally:
        _ran([*root, "rm", "-f", str(CLUSTER_SETTINGS)])


@contextmanager
def _no_server_of_its_own() -> Iterator[None]:
    root = _as_root()
    if root is None or STARTS_NOTHING.exists():
        yield
        return
    _ran([*root, "tee", str(STARTS_NOTHING)], "#!/bin/sh\nexit 101\n")
    _ran([*root, "chmod", "755", str(STARTS_NOTHING)])
    try:
        yield
    finally:
        _ran([*root, "rm", "-f", str(STARTS_NOTHING)])


def _ran(command: list[str], typed: str = "") -> bool:
    done = subprocess.run(command, input=typed, text=True, stdout=subprocess.PIPE, check=False)
    if done.returncode:
        print(done.stdout[-2000:], file=sys.stderr)
    return done.returncode == 0


if __name__ == "__main__":
    install_needs()
