# SPDX-License-Identifier: AGPL-3.0-or-later
"""The command line as support staff use it: answers, sentences and exit codes."""

import json
import os
import subprocess
import sys
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from lac_desktop.cli import output
from lac_desktop.cli.assets import FORMATS, READABLE
from lac_desktop.cli.filters import clock_time, limit_of
from lac_desktop.cli.main import main
from lac_desktop.domain.asset import Visibility
from lac_desktop.domain.geometry import Point
from lac_desktop.exchange import writing
from lac_desktop.exchange.sniff import Format
from lac_desktop.services import assets, notebook
from lac_desktop.services.settings import NotebookSettings
from lac_desktop.storage.keys import FAST_FOR_TESTS

SECRET = "four plain words here"


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    """A notebook with a library, a confidential refuge and a hall."""
    folder = tmp_path / "Test.lac"
    notebook.create(folder, SECRET, NotebookSettings(who="Ruth"), strength=FAST_FOR_TESTS)
    book = notebook.unlock(folder, SECRET)
    library = replace(
        assets.blank(name="Oakham Library", kind="library", point=Point(52.671, -0.729)),
        hours="Mo-Sa 10:00-17:00; PH off",
        access={"step-free": "yes"},
        visibility=Visibility.PUBLIC,
    )
    hidden = replace(
        assets.blank(name="Safe House", kind="library", point=Point(52.672, -0.728)),
        confidential=True,
        visibility=Visibility.PUBLIC,
    )
    hall = assets.blank(name="Victoria Hall", kind="village-hall", point=Point(52.670, -0.730))
    assets.save_many(book, [library, hidden, hall], "Make")
    notebook.lock(book)
    return folder


def run(*args: str | Path, secret: str | None = SECRET) -> Result:
    environment = {"LAC_PASSPHRASE": secret} if secret else {"LAC_PASSPHRASE": ""}
    return CliRunner().invoke(main, [str(arg) for arg in args], env=environment)


def test_find_answers_as_json(vault: Path) -> None:
    result = run("find", "librar", "--vault", vault, "--near", "52.6710,-0.7290", "--json")
    assert result.exit_code == 0, result.output
    rows = json.loads(result.stdout)
    library = next(row for row in rows if row["name"] == "Oakham Library")
    assert {
        "id",
        "name",
        "kind",
        "category",
        "lat",
        "lon",
        "metres",
        "minutes",
        "open",
        "source",
    } <= set(library)
    assert library["metres"] == 0


def test_a_confidential_place_has_no_coordinates_here_either(vault: Path) -> None:
    result = run("find", "safe house", "--vault", vault, "--near", "52.67,-0.73", "--json")
    (row,) = json.loads(result.stdout)
    assert (row["lat"], row["lon"], row["metres"], row["minutes"]) == (None,) * 4


@pytest.mark.parametrize(
    ("args", "names"),
    [
        (["--open-at", "2026-12-05T10:30"], {"Oakham Library"}),
        (["--open-at", "2026-12-25T11:00"], set()),
        (["--access", "step-free"], {"Oakham Library"}),
        (["--kind", "village-hall"], {"Victoria Hall"}),
        (["--near", "52.67,-0.73", "--within", "1min"], {"Victoria Hall"}),
        (["--near", "52.67,-0.73", "--within", "100m"], {"Victoria Hall"}),
        (["--limit", "0"], set()),
    ],
)
def test_filters(vault: Path, args: list[str], names: set[str]) -> None:
    result = run("find", "--vault", vault, "--json", *args)
    assert result.exit_code == 0, result.output
    assert {row["name"] for row in json.loads(result.stdout)} == names


@pytest.mark.parametrize(
    ("args", "code", "words"),
    [
        (["--within", "5min"], 2, "--near"),
        (["--near", "52.67,-0.73", "--within", "far"], 2, "no distance"),
        (["--open-at", "soon"], 2, "no time"),
        (["--access", "lift"], 2, "access fact"),
        (["--kind", "qqqq"], 2, "not a kind"),
        (["--near", "Atlantis"], 1, "not found"),
        (["--near=-0.73,52.67"], 1, "latitude first"),
    ],
)
def test_senseless_filters_get_a_sentence(
    vault: Path, args: list[str], code: int, words: str
) -> None:
    result = run("find", "--vault", vault, *args)
    assert result.exit_code == code
    assert words in result.stderr
    assert result.stdout == ""


def test_wrong_and_missing_passphrase(vault: Path, tmp_path: Path) -> None:
    wrong = run("find", "--vault", vault, secret="not it at all")
    assert (wrong.exit_code, wrong.stdout) == (1, "")
    assert "does not open" in wrong.stderr
    assert run("find", "--vault", vault, secret=None).exit_code == 1
    file = tmp_path / "secret.txt"
    file.write_text(SECRET + "\n", encoding="utf-8")
    assert run("find", "--vault", vault, "--passphrase-file", file, secret=None).exit_code == 0


def test_the_folder_where_one_stands_and_no_name_at_all(
    vault: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(vault)
    assert run("find", "--vault", ".").exit_code == 0
    assert run("find", "--vault", "").exit_code == 2
    into = run("export", "csv", ".", "--vault", vault)
    assert (into.exit_code, "is a folder" in into.stderr) == (1, True)


def test_a_path_that_may_not_be_read_is_no_wrong_use(
    vault: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "access", lambda *_args, **_options: False)
    assert run("find", "--vault", vault).exit_code == 0  # whoever opens it knows better
    for option in ("--vault", "--passphrase-file"):
        result = run("people", "list", "--vault", vault, option, tmp_path / "none")
        assert result.exit_code == 1
        assert "Usage" not in result.stderr


def test_vault_new_verify_backup_restore(tmp_path: Path) -> None:
    folder, copy, back = tmp_path / "a.lac", tmp_path / "a.backup", tmp_path / "b.lac"
    made = run("vault", "new", folder, "--who", "Ruth")
    assert made.exit_code == 0, made.output
    assert "Recovery code" in made.stdout
    assert run("vault", "new", folder).exit_code == 1
    assert run("vault", "backup", folder, copy).exit_code == 0
    assert run("vault", "restore", copy, back).exit_code == 0
    good = run("vault", "verify", back, "--json")
    assert json.loads(good.stdout) == {"good": True, "problems": []}
    (back / "community.db").write_bytes(b"x" * 8192)
    assert run("vault", "verify", back).exit_code == 1


def test_a_weak_passphrase_is_warned_of_and_taken(tmp_path: Path) -> None:
    weak = run("vault", "new", tmp_path / "a.lac", secret="cat")
    assert weak.exit_code == 0
    assert "Too short" in weak.stderr
    strong = run("vault", "new", tmp_path / "b.lac", secret="orchard violin lantern pebble")
    assert (strong.exit_code, strong.stderr) == (0, "")


def test_hours_on_christmas_day() -> None:
    result = run(
        "hours", "Mo-Fr 10:00-17:00; PH off", "--at", "2026-12-25T11:00", "--json", secret=None
    )
    answer = json.loads(result.stdout)
    assert (answer["open"], answer["next"]) == (False, "2026-12-29T10:00")
    assert answer["text"]


@pytest.mark.parametrize(
    ("text", "meant"),
    [("800m", (800, None)), ("1.2 km", (1200, None)), ("10min", (None, 10)), (None, (None, None))],
)
def test_limits(text: str | None, meant: tuple[float | None, float | None]) -> None:
    assert limit_of(text) == meant


def test_one_unreadable_file_does_not_keep_the_others_out(vault: Path, tmp_path: Path) -> None:
    bad, good = tmp_path / "bad.xlsx", tmp_path / "groups.csv"
    bad.write_bytes(b"PK\x03\x04 nothing more")
    good.write_text("Name,Kind,Lat,Lon\nKnit and Natter,craft group,52.67,-0.73\n")
    result = run("import", bad, good, "--vault", vault, "--json")
    assert result.exit_code == 1
    assert "bad.xlsx" in result.stderr
    assert json.loads(result.stdout)["added"] == 1
    again = run("import", good, "--vault", vault, "--json")
    assert again.exit_code == 0
    told = json.loads(again.stdout)
    assert (told["added"], told["updated"], told["unchanged"]) == (0, 0, 1)


def test_a_format_that_there_is_not_is_wrong_use(vault: Path, tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text("Name\nOak Hall\n", encoding="utf-8")
    result = run("import", file, "--vault", vault, "--format", "pdf")
    assert (result.exit_code, result.stdout) == (2, "")
    assert run("import", file, "--vault", vault, "--format", "CSV", "--dry-run").exit_code == 0
    assert set(READABLE) == {one.value for one in Format}
    assert set(FORMATS) == set(writing.FORMATS)


def test_a_dry_run_changes_nothing(vault: Path, tmp_path: Path) -> None:
    good = tmp_path / "groups.csv"
    good.write_text("Name,Kind,Lat,Lon\nKnit and Natter,craft group,52.67,-0.73\n")
    assert json.loads(run("import", good, "--vault", vault, "--dry-run", "--json").stdout)["added"]
    assert json.loads(run("find", "knit", "--vault", vault, "--json").stdout) == []


def test_export_tells_what_stays_and_writes_whole_or_not_at_all(
    vault: Path, tmp_path: Path
) -> None:
    file = tmp_path / "map.geojson"
    result = run("export", "geojson", file, "--vault", vault, "--json")
    told = json.loads(result.stdout)
    assert told["written"] == 2
    assert [held["name"] for held in told["held_back"]] == ["Victoria Hall"]
    nowhere = run("export", "geojson", tmp_path / "no" / "dir.geojson", "--vault", vault)
    assert nowhere.exit_code == 1
    assert not (tmp_path / "no").exists()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="others have a screen")
def test_without_a_screen_the_window_says_so() -> None:
    names = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    bare = {name: value for name, value in os.environ.items() if name not in names}
    command = [sys.executable, "-m", "lac_desktop", "--demo"]
    done = subprocess.run(command, env=bare, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("There is no screen here")


def test_a_pack_with_damaged_places_says_so(vault: Path, tmp_path: Path) -> None:
    file = tmp_path / "postcodes.csv"
    file.write_text("pcds,lat,long\nLE15 6AH,52.67,-0.73\n", encoding="utf-8")
    folder = tmp_path / "pack"
    assert run("pack", "build", "--out", folder, "--postcodes", file).exit_code == 0
    assert run("pack", "locate", folder, "LE15 6AH").exit_code == 0
    places = folder / "places.gpkg"
    places.write_bytes(places.read_bytes()[:5000])
    for command in (
        ("pack", "locate", folder, "LE15 6AH"),
        ("find", "--vault", vault, "--pack", folder, "--near", "LE15 6AH"),
    ):
        result = run(*command)
        assert (result.exit_code, "damaged" in result.stderr) == (1, True)


def test_a_reader_that_has_enough_is_no_fault() -> None:
    read_end, write_end = os.pipe()
    os.close(read_end)  # what "| head" does
    with os.fdopen(write_end, "wb") as nobody:
        command = [sys.executable, "-m", "lac_desktop", "hours", "24/7"]
        done = subprocess.run(command, stdout=nobody, stderr=subprocess.PIPE, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


def test_leaving_at_the_passphrase_is_no_fault(
    vault: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def leave(*_args: object, **_options: object) -> str:
        raise click.Abort  # Ctrl+C at the prompt

    monkeypatch.setattr(click, "prompt", leave)
    monkeypatch.setattr(output, "_is_terminal", lambda: True)
    result = run("find", "--vault", vault, secret=None)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "Stopped" in result.stderr


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        ("2026-07-05T10:30Z", "2026-07-05T11:30"),
        ("2026-12-05T10:30+01:00", "2026-12-05T09:30"),
        ("2026-12-05 10:30", "2026-12-05T10:30"),
    ],
)
def test_times_are_those_of_the_clocks_here(text: str, clock: str) -> None:
    assert clock_time(text) == datetime.fromisoformat(clock)


def test_a_fault_of_ours_says_where_without_what(
    vault: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from lac_desktop.services import find

    def broken(*_args: object) -> None:
        raise RuntimeError("Jean lives at 1 High Street")

    monkeypatch.setattr(find, "find", broken)
    result = run("find", "--vault", vault)
    assert result.exit_code == 1
    assert "fault in LAC Desktop: RuntimeError" in result.stderr
    assert "Jean" not in result.output
