#!/usr/bin/env python3
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Make LAC Desktop ready on this machine and open it: ``python3 start.py``.

    python3 start.py              the app on the demo neighbourhood, with a throw-away vault
    python3 start.py test [...]   the tests; what follows goes to pytest
    python3 start.py ARGUMENTS    any other command, such as: start.py self-test

The first run makes an environment in .venv from requirements.lock and installs the libraries in it,
each checked against its hash; later runs start at once. Needs nothing but Python 3.11 or later.
"""

from __future__ import annotations

import hashlib
import os
import platform
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
LOCK = ROOT / "requirements.lock"
#: Tells which lock file and Python the environment was made for.
STAMP = VENV / "made-from.txt"
OLDEST = (3, 11)
WINDOWS = os.name == "nt"
PYTHON = VENV / ("Scripts/python.exe" if WINDOWS else "bin/python")

#: The Debian packages of the system libraries that Qt is linked with.
DEBIAN = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libOpenGL.so.0": "libopengl0",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libX11.so.6": "libx11-6",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxcb.so.1": "libxcb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libzstd.so.1": "libzstd1",
}
FONTS = "fonts-dejavu-core"


class NotReady(Exception):  # noqa: N818 it is no error of the program
    """The machine lacks something; the text says what, and which command mends it."""


def main(arguments: list[str]) -> int:
    """Make everything ready, then run what was asked for; the exit code of that."""
    if arguments[:1] in (["-h"], ["--help"]):
        say(__doc__ or "")
        return 0
    try:
        check_python()
        make_environment()
        testing = arguments[:1] == ["test"]
        check_system_libraries(with_window=not testing)
        if testing:
            say("Running the tests.")
            return run_tests(arguments[1:])
        return open_app(arguments)
    except NotReady as problem:
        print(f"\n{problem}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        say("\nStopped. The next run goes on from here.")
        return 130


def say(text: str) -> None:
    """Tell what is being done, at once."""
    print(text, flush=True)


def check_python() -> None:
    """Refuse a Python that is too old."""
    if sys.version_info[:2] < OLDEST:
        raise NotReady(
            f"LAC Desktop needs Python {OLDEST[0]}.{OLDEST[1]} or later, "
            f"and this is {platform.python_version()}.\n"
            "Install a newer one (https://www.python.org/downloads) and start it by its name, "
            "such as: python3.12 start.py"
        )


def make_environment() -> None:
    """Make .venv and install the libraries of the lock file, unless that was done before."""
    wanted = stamp()
    if PYTHON.exists() and STAMP.exists() and STAMP.read_text("utf-8") == wanted:
        return
    if not os.access(ROOT, os.W_OK) or (VENV.exists() and not os.access(VENV, os.W_OK)):
        raise NotReady(
            f"This account may not write to {ROOT}. Copy the folder to a place of yours."
        )
    if not (PYTHON.exists() and venv_version() == platform.python_version()):
        make_venv()
    count = len(re.findall(r"^[A-Za-z0-9]", LOCK.read_text("utf-8"), re.MULTILINE))
    say(f"Installing up to {count} libraries, each checked against its hash (a few minutes).")
    pip = [PYTHON, "-m", "pip", "--disable-pip-version-check", "--no-input", "install"]
    done = subprocess.run([*pip, "-qq", "--require-hashes", "-r", LOCK], cwd=ROOT, check=False)
    if done.returncode:
        raise NotReady(
            "The libraries could not be installed; pip says why above.\n"
            "Check the network (behind a proxy, set HTTPS_PROXY), then run this again."
        )
    add_ourselves()
    STAMP.write_text(wanted, "utf-8")
    say("The environment is ready.")


def stamp() -> str:
    """What the environment is made from: when it changes, the libraries are installed again."""
    digest = hashlib.sha256(LOCK.read_bytes()).hexdigest()
    return f"{digest} Python {platform.python_version()} {platform.machine()} {ROOT}\n"


def venv_version() -> str:
    """The version of the Python in .venv, or "" where it does not start."""
    ask = [PYTHON, "-c", "import platform, pip; print(platform.python_version())"]
    try:
        return subprocess.run(ask, capture_output=True, text=True, check=False).stdout.strip()
    except OSError:
        return ""


def make_venv() -> None:
    """Make an empty environment; on Debian also install what its Python lacks for that."""
    version = ".".join(map(str, sys.version_info[:2]))
    ask = [sys.executable, "-c", "import ensurepip, venv"]
    if subprocess.run(ask, capture_output=True, check=False).returncode:
        need_packages([f"python{version}-venv"], "Python's module for environments (venv)")
    say(f"Making an environment for Python {version} in {VENV}.")
    if VENV.exists():
        shutil.rmtree(VENV)
    made = subprocess.run([sys.executable, "-m", "venv", VENV], check=False)
    if made.returncode:
        raise NotReady(
            f"The environment could not be made; Python says why above.\n"
            f"Delete {VENV} and try again, or install Python from https://www.python.org."
        )


def add_ourselves() -> None:
    """Let the environment find the package, and give it the command ``lac-desktop``."""
    ask = [PYTHON, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"]
    site = subprocess.run(ask, capture_output=True, text=True, check=True).stdout.strip()
    Path(site, "lac_desktop_checkout.pth").write_text(f"{ROOT}\n", "utf-8")
    if WINDOWS:
        script = PYTHON.with_name("lac-desktop.cmd")
        script.write_text('@"%~dp0python.exe" -m lac_desktop %*\n', "utf-8")
        return
    script = PYTHON.with_name("lac-desktop")
    script.write_text('#!/bin/sh\nexec "$(dirname "$0")/python" -m lac_desktop "$@"\n', "utf-8")
    script.chmod(0o755)


def check_system_libraries(with_window: bool) -> None:
    """On Linux, see that the system libraries are there that Qt needs, or install them."""
    ready = VENV / ("libraries-ready" if with_window else "libraries-ready-for-tests")
    if not sys.platform.startswith("linux") or ready.exists():
        return
    missing = missing_libraries(with_window)
    unknown = sorted(name for name in missing if name not in DEBIAN)
    packages = sorted({DEBIAN[name] for name in missing if name in DEBIAN})
    if not any_font():
        packages.append(FONTS)
    if unknown and not packages:
        raise NotReady(f"Qt needs these libraries of the system: {', '.join(unknown)}.")
    if packages:
        need_packages(packages, "libraries that the window needs")
        still = missing_libraries(with_window)
        if still:
            raise NotReady(f"These libraries are still missing: {', '.join(sorted(still))}.")
    if os.access(VENV, os.W_OK):
        ready.touch()


def missing_libraries(with_window: bool) -> set[str]:
    """Names of the shared libraries that Qt is linked with and the system does not have."""
    find = "import importlib.util as u; print(u.find_spec('PySide6').submodule_search_locations[0])"
    found = subprocess.run([PYTHON, "-c", find], capture_output=True, text=True, check=True)
    qt = Path(found.stdout.strip()) / "Qt"
    parts = [*qt.glob("lib/libQt6Widgets.so*"), *qt.glob("plugins/platforms/libqoffscreen.so")]
    if with_window:
        parts += qt.glob("plugins/platforms/libqxcb.so")
    missing: set[str] = set()
    for part in parts:
        seen = subprocess.run(["ldd", part], capture_output=True, text=True, check=False)
        missing.update(re.findall(r"^\s*(\S+) => not found", seen.stdout, re.MULTILINE))
    return missing


def any_font() -> bool:
    """Say whether the system has a single font."""
    folders = [Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), Path.home() / ".fonts"]
    folders.append(Path.home() / ".local/share/fonts")
    return any(folder.is_dir() and next(folder.rglob("*.[ot]t[fc]"), None) for folder in folders)


def need_packages(packages: list[str], what: str) -> None:
    """Install Debian packages as root; otherwise say exactly which command does it."""
    names = " ".join(packages)
    if not shutil.which("apt-get"):
        raise NotReady(
            f"This machine lacks {what}.\nInstall what Debian calls: {names}\nThen run this again."
        )
    if os.geteuid() != 0:  # only reached on Linux
        raise NotReady(
            f"This machine lacks {what}. Run this command, then start again:\n\n"
            f"    sudo apt-get install --no-install-recommends {names}"
        )
    say(f"Installing {what} with apt-get: {names}.")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages]
    for command in (["apt-get", "update", "-qq"], install):
        done = subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=False)
    if done.returncode:
        raise NotReady(f"apt-get could not install {names}; it says why above.")


def run_tests(arguments: list[str]) -> int:
    """Run pytest without a screen."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.chdir(ROOT)
    return become("pytest", *side_by_side(arguments), *arguments)


def side_by_side(arguments: list[str]) -> list[str]:
    """Return the options that share the test files between up to four processors.

    Nothing is added where somebody chose a number (``-n``) or wants to see what is printed (``-s``,
    ``--pdb``), as the tables of the benchmarks are.
    """
    chosen = ("-n", "-s", "--pdb", "--numprocesses", "--capture")
    workers = min(4, os.cpu_count() or 1)
    if workers == 1 or any(argument.startswith(chosen) for argument in arguments):
        return []
    return ["-n", str(workers), "--dist", "loadfile"]


def open_app(arguments: list[str]) -> int:
    """Open the window on the demo neighbourhood, or run another command of the app."""
    if arguments and not arguments[0].startswith("-"):
        return become("lac_desktop", *arguments)
    if not has_screen():
        hint = (
            ""
            if shutil.which("xvfb-run")
            else "\n    apt-get install xvfb xauth    # once, as root"
        )
        raise NotReady(
            "Everything is ready, but there is no screen here to open a window on.\n"
            f"Under a virtual one it opens like this:\n{hint}\n"
            "    xvfb-run -a python3 start.py"
        )
    if not arguments:
        say("Opening the demo neighbourhood. Nothing you do in it is kept.")
    return become("lac_desktop", *(arguments or ["--demo"]))


def become(module: str, *arguments: str) -> int:
    """Run a module in the environment; where the system can, this process turns into it."""
    command = [str(PYTHON), "-m", module, *arguments]
    if not WINDOWS:
        os.execv(PYTHON, command)  # so that Ctrl+C and signals reach it
    return subprocess.run(command, check=False).returncode


def has_screen() -> bool:
    """Say whether a window can open here."""
    if not sys.platform.startswith("linux"):
        return True
    names = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return any(os.environ.get(name) for name in names)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
