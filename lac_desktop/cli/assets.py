# SPDX-License-Identifier: AGPL-3.0-or-later
"""``lac-desktop import``, ``find`` and ``export``."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from lac_desktop.cli.output import (
    ANY_PATH,
    end_progress,
    passphrase_option,
    progress_line,
    read_passphrase,
    say,
    say_json,
    told,
)
from lac_desktop.domain.importing import Problem
from lac_desktop.domain.query import Found
from lac_desktop.errors import LacError, UnreadableFileError

if TYPE_CHECKING:
    from lac_desktop.services.notebook import Notebook

F = TypeVar("F", bound=Callable[..., Any])

#: Names of the formats that can be written.
FORMATS = ("html", "geojson", "gpkg", "kml", "csv", "xlsx", "oruk")
#: Names of the formats that can be read.
READABLE = (
    "osm", "csv", "xlsx", "xls", "ods", "oruk", "hsds", "geojson", "gpkg", "shp", "kml", "gpx"
)  # fmt: skip


def notebook_options(command: F) -> F:
    """Add ``--vault``, ``--pack`` and ``--passphrase-file``."""
    command = passphrase_option(command)
    command = click.option("--pack", type=ANY_PATH, help="Area pack to use this time.")(command)
    return click.option("--vault", required=True, type=ANY_PATH, help="Folder of the notebook.")(
        command
    )


def filter_options(command: F) -> F:
    """Add the filters that ``find`` and ``export`` share."""
    for option in (
        click.option("--near", help="Postcode, place, grid reference or LAT,LON."),
        click.option("--within", help="800m, 1.2km or 10min on foot."),
        click.option("--kind", "kinds", multiple=True, help="A kind; several are alternatives."),
        click.option("--open-at", help="Local time, such as 2026-12-05T10:30."),
        click.option("--access", multiple=True, help="An access fact; several add up."),
        click.option("--limit", type=click.IntRange(min=0), help="At most so many."),
    ):
        command = option(command)
    return command


@contextmanager
def opened(vault: Path, pack: Path | None, passphrase_file: Path | None) -> "Iterator[Notebook]":
    """Open a notebook for one command and lock it again whatever happens."""
    from lac_desktop.services import notebook

    book = notebook.unlock(vault, read_passphrase(passphrase_file), pack=pack)
    try:
        if pack is not None and not book.settings.pack_folder:
            notebook.use_pack(book, pack)
        yield book
    finally:
        notebook.lock(book)


@click.command("import")
@click.argument("files", nargs=-1, required=True, type=ANY_PATH)
@notebook_options
@click.option(
    "--format",
    "file_format",
    type=click.Choice(READABLE, case_sensitive=False),
    help="Say what the files are instead of looking.",
)
@click.option("--dry-run", is_flag=True, help="Say what would happen, and change nothing.")
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
@told
def import_files(
    files: tuple[Path, ...],
    vault: Path,
    pack: Path | None,
    passphrase_file: Path | None,
    file_format: str | None,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Bring FILES into the notebook; the same file twice changes nothing."""
    from lac_desktop.services import importing
    from lac_desktop.services import notebook as notebooks

    with opened(vault, pack, passphrase_file) as book:
        preview = importing.preview(book, files, format=file_format, progress=progress_line)
        if dry_run:
            result = importing.forecast(preview)
        else:
            result = importing.apply(book, preview, progress=progress_line)
            if pack is not None:
                notebooks.use_pack(book, pack)
    end_progress()
    answer = {
        name: getattr(result, name)
        for name in ("added", "updated", "unchanged", "duplicates", "vanished")
    }
    problems = [_problem(problem) for problem in result.problems]
    if as_json:
        say_json(answer | {"held_back": dict(result.held_back), "problems": problems})
    else:
        _tell_import(answer, result.held_back, result.problems)
    if preview.unreadable:
        told_of = (f"{problem.file}: {problem.message}" for problem in preview.unreadable)
        raise UnreadableFileError("\n".join(told_of))


def _problem(problem: Problem) -> dict[str, Any]:
    told_of = asdict(problem)
    if not told_of["suggestion"]:
        del told_of["suggestion"]
    return told_of


def _tell_import(answer: dict[str, int], held_back: Any, problems: tuple[Problem, ...]) -> None:
    say(", ".join(f"{number:,} {name}" for name, number in answer.items()))
    for reason, number in held_back.items():
        say(f"  held back, {reason}: {number:,}")
    for problem in problems:
        row = f" row {problem.row}" if problem.row is not None else ""
        say(f"  {problem.file}{row}: {problem.message}")


@click.command()
@click.argument("text", required=False, default="")
@notebook_options
@filter_options
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
@told
def find(
    text: str,
    vault: Path,
    pack: Path | None,
    passphrase_file: Path | None,
    as_json: bool,
    **filters: Any,
) -> None:
    """Find assets by TEXT, place, walking time, kind, opening and access."""
    from lac_desktop.services import answers
    from lac_desktop.services import find as finding

    with opened(vault, pack, passphrase_file) as book:
        query = _query(book, text, filters)
        found = finding.find(book, query)
        rows = finding.rows(book, found)
        if as_json:
            say_json([answers.public_row(row) for row in rows])
            return
        for row in rows:
            say(_line(row))
        say(f"{len(rows):,} of {found.total:,} places.")


def _line(row: Found) -> str:
    walk = f"{row.minutes:.0f} min" if row.minutes is not None else ""
    about = ", ".join(part for part in (walk, row.opening, row.gives) if part)
    return f"{row.name} ({row.kind}): {about}" if about else f"{row.name} ({row.kind})"


@click.command()
@click.argument("file_format", metavar="FORMAT", type=click.Choice(FORMATS))
@click.argument("file", type=ANY_PATH)
@click.option("--text", default="", help="Words to look for.")
@notebook_options
@filter_options
@click.option("--strict", is_flag=True, help="oruk: the UK profile alone, without additions.")
@click.option("--title", default="", help="Heading of the page or sheet.")
@click.option("--recipient", default="", help="For whom it is; kept in your export record.")
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
@told
def export(
    file_format: str,
    file: Path,
    text: str,
    vault: Path,
    pack: Path | None,
    passphrase_file: Path | None,
    strict: bool,
    title: str,
    recipient: str,
    as_json: bool,
    **filters: Any,
) -> None:
    """Write the public assets that fit the filters to FILE, and nothing else."""
    from lac_desktop.services import exporting

    with opened(vault, pack, passphrase_file) as book:
        query = _query(book, text, filters)
        options = exporting.Options(strict=strict, title=title, recipient=recipient)
        written = exporting.export(book, file_format, file, query, options, progress_line)
    end_progress()
    if as_json:
        say_json(
            {
                "file": str(file),
                "written": written.count,
                "held_back": [
                    {"name": held.name, "reason": held.reason} for held in written.held_back
                ],
            }
        )
        return
    say(f"{written.count:,} places are in {file}.")
    if written.held_back:
        say(f"{len(written.held_back):,} stay here:")
        for reason, number in _by_reason(written.held_back).items():
            say(f"  {number:,}: {reason}")


def _by_reason(held_back: Any) -> dict[str, int]:
    reasons: dict[str, int] = {}
    for held in held_back:
        reasons[held.reason] = reasons.get(held.reason, 0) + 1
    return reasons


def _query(book: "Notebook", text: str, filters: dict[str, Any]) -> Any:
    """The filters of the command line as a Query; usage errors for senseless ones."""
    from lac_desktop.cli.filters import query_from

    try:
        return query_from(book, text, **filters)
    except LacError:
        raise
    except ValueError as error:
        raise click.UsageError(str(error)) from error
