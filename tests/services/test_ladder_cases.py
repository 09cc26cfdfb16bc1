# SPDX-License-Identifier: AGPL-3.0-or-later
"""How good the suggestions are: cases on real Rutland data, the demo and four invented towns."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from lac_desktop.geo.build import build
from lac_desktop.services import demo_notebook, importing, ladder, notebook
from lac_desktop.services.notebook import Notebook
from lac_desktop.services.settings import NotebookSettings
from lac_desktop.storage.keys import FAST_FOR_TESTS
from tests.services import ladder_trial
from tests.services.ladder_trial import asked, cases, of_helper

NOON = datetime(2026, 3, 5, 12, 0)
SECRET = "four plain words here"
TOWNS = Path(__file__).parent / "ladder_towns"


@pytest.fixture(scope="module")
def books(rutland: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Notebook]]:
    """Rutland's places on Rutland's streets, the demo neighbourhood, and the invented towns."""
    base = tmp_path_factory.mktemp("ladder")
    pack = base / "rutland"
    build(
        pack,
        osm=[rutland / "osm" / "rutland-2018-02-27.osm.pbf"],
        postcodes=[rutland / "postcodes" / f"codepoint-open-{a}.csv" for a in ("le", "pe")],
        names=sorted((rutland / "names").glob("*.csv")),
        name="Rutland",
    )
    folder = base / "R.lac"
    settings = NotebookSettings(who="Ruth", pack_folder=str(pack))
    notebook.create(folder, SECRET, settings, strength=FAST_FOR_TESTS)
    book = notebook.unlock(folder, SECRET, clock=lambda: NOON)
    importing.apply(book, importing.preview(book, [rutland / "osm" / "rutland-2018-02-27.osm.pbf"]))
    demo = demo_notebook.open_demo()
    towns = {file.stem: _town(base, file) for file in sorted(TOWNS.glob("*.csv"))}
    yield {"rutland": book, "demo": demo, **towns}
    demo_notebook.leave(demo)
    for each in (book, *towns.values()):
        notebook.lock(each)


def _town(base: Path, file: Path) -> Notebook:
    """A notebook of one list, without an area pack: minutes are as the crow flies."""
    folder = base / f"{file.stem}.lac"
    notebook.create(folder, SECRET, NotebookSettings(who="Ruth"), strength=FAST_FOR_TESTS)
    book = notebook.unlock(folder, SECRET, clock=lambda: NOON)
    importing.apply(book, importing.preview(book, [file]))
    return book


@pytest.mark.parametrize("case", cases(), ids=lambda case: f"{case.where}: {case.wish[:40]}")
def test_what_a_thoughtful_coordinator_would_expect(
    books: dict[str, Notebook], case: ladder_trial.Case
) -> None:
    book = books[case.where]
    assert set(of_helper(book, case)) & set(case.expect), of_helper(book, case)
    answer = ladder.answer(book, asked(book, case))
    shown = {one.title for rung in answer.rungs for one in rung.suggestions}
    assert not shown & set(case.never)


def test_the_helper_beats_nearest_first_and_full_text(
    books: dict[str, Notebook], capsys: pytest.CaptureFixture[str]
) -> None:
    tried = cases()
    rates = {
        name: len(ladder_trial.hits(books, tried, way)) / len(tried)
        for name, way in (
            ("helper", of_helper),
            ("nearest first", ladder_trial.nearest_first),
            ("full text first", ladder_trial.full_text_first),
        )
    }
    with capsys.disabled():
        print("\nhit rate: " + ", ".join(f"{name} {rate:.0%}" for name, rate in rates.items()))
    assert rates["helper"] >= 0.9
    assert rates["helper"] >= 0.3 + max(rates["nearest first"], rates["full text first"])


def test_what_must_never_appear(books: dict[str, Notebook]) -> None:
    """Confidential and closed places, parking and shelters, and what the streets do not reach."""
    for case in cases():
        book = books[case.where]
        answer = ladder.answer(book, asked(book, case))
        for rung in answer.rungs:
            for one in rung.suggestions:
                assert one.kind not in ("car-park", "street-feature", "refuge"), one.title
                assert "closed" not in one.title
                assert one.minutes is None or one.minutes <= 30
                assert one.reasons, one.title
            assert len(rung.suggestions) <= 3
            assert rung.questions
