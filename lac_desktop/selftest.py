# SPDX-License-Identifier: AGPL-3.0-or-later
"""One walk through everything, run inside an installed app to show that it works there."""

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import click

from lac_desktop import paths
from lac_desktop.errors import LacError

if TYPE_CHECKING:
    from lac_desktop.services.notebook import Notebook


def self_test() -> None:
    """Make a notebook, build the demo, import, search, draw, export and lock.

    Says each step on stdout; raises LacError that names the step which did not work.
    """
    with tempfile.TemporaryDirectory(prefix="lac-self-test-") as scratch:
        _walk(Path(scratch))
    click.echo("Everything works.")


def _walk(scratch: Path) -> None:
    from lac_desktop.domain.query import Query
    from lac_desktop.services import assets, demo_notebook, exporting, find
    from lac_desktop.services import notebook as notebooks
    from lac_desktop.services.places import place

    _say("Shipped data", paths.resources().is_dir(), "kinds, styles and words")
    book = demo_notebook.open_demo()
    try:
        number = assets.count(book)
        _say("Demo neighbourhood", number >= 100, f"{number} places")
        (first,) = find.rows(book, find.find(book, Query(text="library", limit=1)))
        library = assets.get(book, first.id)
        somewhere = place(book, library.postcode) if library else None
        _say("Postcode", somewhere is not None, library.postcode if library else "")
        query = Query(near=somewhere.point if somewhere else None, within_minutes=15)
        found = find.find(book, query)
        _say("Search on foot", 0 < len(found) < number, f"{len(found)} within 15 minutes")
        for name in exporting.FORMATS:
            file = scratch / f"demo.{name}"
            written = exporting.export(book, name, file, Query())
            _say(f"Export {name}", file.stat().st_size > 0, f"{written.count} places")
        _import_back(book, scratch / "demo.geojson")
        _draw(book, scratch / "map.png")
        secret, folder = "self test only", scratch / "Test.lac"
        notebooks.create(folder, secret)
        _say("Vault", not notebooks.verify(folder, secret), "made and verified")
    finally:
        demo_notebook.leave(book)


def _import_back(book: "Notebook", file: Path) -> None:
    from lac_desktop.services import importing

    preview = importing.preview(book, [file])
    _say("Import", bool(preview.rows), f"{len(preview.rows)} rows read")


def _draw(book: "Notebook", file: Path) -> None:
    from lac_desktop.ui.map.print import save_demo_picture

    save_demo_picture(book, file)
    _say("Map picture", file.stat().st_size > 0, file.name)


def _say(step: str, good: bool, detail: str) -> None:
    """Tell that a step worked, or raise."""
    if not good:
        raise LacError(f"The step “{step}” did not work: {detail}.", "Install LAC Desktop again.")
    click.echo(f"{step}: {detail}")
