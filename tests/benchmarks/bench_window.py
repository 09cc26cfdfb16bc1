# SPDX-License-Identifier: AGPL-3.0-or-later
"""How soon the window is painted, and how much memory an idle map with 20,000 places takes.

    python tests/benchmarks/bench_window.py [--pack DIR]

A real program is started three times on a locked notebook; the time runs from before the start of
Python until the first paint. Then the notebook is opened, the map drawn, and memory read once the
program has been idle for four seconds. Without QT_QPA_PLATFORM nothing shows on the screen.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

PLACES = 20_000
SECRET = "acorn bridge candle drum"
PAINTED_WITHIN_S, IDLE_WITHIN_MB = 0.7, 250

#: What the child runs: the program itself, with an eye on its first paint and on its memory.
CHILD = """
import os, sys, time, traceback
from pathlib import Path
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication
from lac_desktop import app as program

class Eye(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint and not hasattr(self, "seen"):
            self.seen = True
            heavy = {"pandas", "geopandas", "folium"} & set(sys.modules)
            print("painted", time.time() - float(os.environ["BEGAN"]), *heavy, flush=True)
            QTimer.singleShot(0, after)
        return False

def after():
    if os.environ.get("ONLY_PAINT"):
        os._exit(0)
    from lac_desktop.services import notebook
    frame.open_notebook(notebook.unlock(Path(sys.argv[1]), os.environ["SECRET"]))
    frame.work.show_section("map")
    QTimer.singleShot(4000, idle)

def idle():
    assert len(frame.session.found) == int(os.environ["PLACES"])
    assert frame.work.page.map.ground is not None
    lines = Path("/proc/self/status").read_text().splitlines()
    rss = next(line for line in lines if line.startswith("VmRSS"))
    print("idle", int(rss.split()[1]) / 1024, flush=True)
    frame.lock()
    os._exit(0)

def hook(*error):
    traceback.print_exception(*error)
    os._exit(1)

sys.excepthook = hook
app = QApplication(sys.argv[:1])
frame = program.make_window(app)
eye = Eye()
app.installEventFilter(eye)
frame.show()
QTimer.singleShot(0, lambda: program.start(frame, Path(sys.argv[1])))
sys.exit(app.exec())
"""


def make_notebook(folder: Path, pack: Path | None) -> None:
    """A notebook with PLACES places strewn over a county."""
    from lac_desktop.domain.geometry import Point
    from lac_desktop.services import assets, notebook
    from lac_desktop.services.settings import NotebookSettings

    settings = NotebookSettings(who="Ruth", pack_folder=str(pack or ""))
    notebook.create(folder, SECRET, settings)
    opened = notebook.unlock(folder, SECRET)
    chance = np.random.default_rng(1)
    kinds = list(opened.kinds.kinds)
    lats, lons = chance.uniform(52.55, 52.75, PLACES), chance.uniform(-0.8, -0.45, PLACES)
    made = [
        assets.blank(
            name=f"Place {n:05}", kind=kinds[n % len(kinds)], point=Point(float(lat), float(lon))
        )
        for n, (lat, lon) in enumerate(zip(lats, lons, strict=True))
    ]
    assets.save_many(opened, made, "Make", "import")
    notebook.lock(opened)


def start(vault: Path, *, only_paint: bool) -> dict[str, float]:
    """Start the program once; seconds until painted, and MB when idle."""
    env = os.environ | {"BEGAN": str(time.time()), "SECRET": SECRET, "PLACES": str(PLACES)}
    env.setdefault("QT_QPA_PLATFORM", "offscreen")
    if only_paint:
        env["ONLY_PAINT"] = "1"
    ran = subprocess.run(
        [sys.executable, "-c", CHILD, str(vault)],
        capture_output=True, text=True, env=env, timeout=60, check=False,
    )  # fmt: skip
    if ran.returncode:
        raise SystemExit(ran.stderr)
    said = [line.split() for line in ran.stdout.splitlines()]
    heavy = next((line[2:] for line in said if line[0] == "painted"), [])
    if heavy:
        raise SystemExit(f"Imported before the first paint: {', '.join(heavy)}")
    return {line[0]: float(line[1]) for line in said if line[0] in ("painted", "idle")}


def main() -> None:
    """Print the table."""
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--pack", type=Path, help="an area pack for the streets under the places")
    pack = given.parse_args().pack
    with tempfile.TemporaryDirectory() as home:
        os.environ["LAC_HOME"] = home
        vault = Path(home) / "Bench.lac"
        make_notebook(vault, pack)
        painted = min(start(vault, only_paint=True)["painted"] for _ in range(3))
        idle = start(vault, only_paint=False)["idle"]
    print(f"{'what':<44}{'measured':>12}{'target':>12}")
    print(f"{'window painted after start':<44}{painted:>10.2f} s{PAINTED_WITHIN_S:>10.1f} s")
    print(f"{'idle memory, 20,000 places and a map':<44}{idle:>9.0f} MB{IDLE_WITHIN_MB:>9} MB")


if __name__ == "__main__":
    main()
