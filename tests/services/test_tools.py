# SPDX-License-Identifier: AGPL-3.0-or-later
"""Tools: sixteen come along, one more is one more file; sheets are dated and drafts are safe."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from lac_desktop import paths
from lac_desktop.domain.tools import Tool
from lac_desktop.errors import LacError
from lac_desktop.services import access, people, strengths, tools
from lac_desktop.services.notebook import Notebook
from tests.services.conftest import NOON

SIXTEEN = (
    "one-page-profile", "relationship-circle", "good-days", "working-well", "important-to-for",
    "community-map", "being-there", "four-plus-one", "perfect-week", "doughnut", "matching",
    "learning-log", "decisions", "communication-chart", "path", "maps",
)  # fmt: skip
SONG = """\
id = "song"
title = "My song"
title_cy = "Fy nghân"
purpose = "Says what you sing."
when = "Any time."

[[field]]
id = "songs"
kind = "list"
label = "Songs"
"""


@pytest.fixture
def jean(book: Notebook) -> str:
    return people.add(book, "Jean").id


@pytest.fixture
def circle() -> Tool:
    return tools.toolbox().tools["relationship-circle"]


def test_all_sixteen_tools_come_along_and_speak_to_the_person() -> None:
    box = tools.toolbox()
    assert tuple(box.tools) == SIXTEEN
    assert box.problems == ()
    for tool in box.tools.values():
        assert tool.title_cy
        assert tool.purpose.count(".") == 1
        asked = [f for f in tool.fields if f.kind not in ("date",)]
        assert all(f.prompt.rstrip()[-1] in "?." for f in asked)
        assert all(f.label_cy for f in tool.fields)


def test_a_new_tool_is_one_more_file() -> None:
    folder = paths.machine_policy() / "tools"
    folder.mkdir(parents=True)
    (folder / "song.toml").write_text(SONG, "utf-8")
    box = tools.toolbox()
    assert box.tools["song"].fields[0].label == "Songs"
    assert len(box.tools) == len(SIXTEEN) + 1


def test_a_file_with_a_mistake_is_told_and_the_rest_works(tmp_path: Path) -> None:
    (tmp_path / "good.toml").write_text(SONG, "utf-8")
    (tmp_path / "bad.toml").write_text(SONG.replace('"list"', '"lits"'), "utf-8")
    (tmp_path / "old.toml").write_bytes(SONG.replace("nghân", "ngh\xe2n").encode("latin-1"))
    box = tools.toolbox([tmp_path])
    assert list(box.tools) == ["song"]
    told = [problem.message for problem in box.problems]
    assert "bad.toml, line 9" in told[0]
    assert "old.toml, line 3" in told[1]


def test_each_save_is_a_new_dated_sheet(book: Notebook, jean: str, circle: Tool) -> None:
    one = tools.save(
        book, jean, circle, {"people": [{"name": "Mo", "ring": "know"}], "closer": " "}
    )
    book.clock = lambda: NOON + timedelta(days=90)
    two = tools.save(book, jean, circle, {"people": [{"name": "Mo", "ring": "friends"}]})
    again = tools.save(book, jean, circle, {"people": [{"name": "Mo ", "ring": "friends"}]})
    assert again == two  # nothing differs
    assert tools.sheets(book, jean, circle.id) == [one, two]
    assert dict(one.values) == {"people": [{"name": "Mo", "ring": "know"}]}
    assert (two.on - one.on).days == 90


def test_what_is_wrong_is_not_saved_and_stays_a_draft(
    book: Notebook, jean: str, circle: Tool
) -> None:
    typed = {"people": [{"name": "Mo", "ring": "moon"}]}
    tools.keep_draft(book, jean, circle.id, typed)
    with pytest.raises(LacError, match="Row 1, How near"):
        tools.save(book, jean, circle, typed)
    assert tools.sheets(book, jean, circle.id) == []
    assert tools.draft(book, jean, circle.id) == typed


def test_a_draft_outlives_a_lock_and_goes_when_saved(
    book: Notebook, jean: str, circle: Tool
) -> None:
    tools.keep_draft(book, jean, circle.id, {"closer": "Win"})
    tools.keep_draft(book, jean, circle.id, {"closer": "Winston"})
    assert tools.draft(book, jean, circle.id) == {"closer": "Winston"}
    assert [u.tool.id for u in tools.uses(book, tools.toolbox(), jean) if u.draft] == [circle.id]
    tools.save(book, jean, circle, {"closer": "Winston"})
    assert tools.draft(book, jean, circle.id) is None


def test_drafts_lie_among_people_never_among_assets(
    book: Notebook, jean: str, circle: Tool
) -> None:
    tools.keep_draft(book, jean, circle.id, {"closer": "a canary in a draft"})
    with book.vault.read() as db:
        tables = [r[0] for r in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for table in tables:
            rows = db.execute(f'SELECT * FROM "{table}"').fetchall()
            assert "canary" not in repr(rows)


def test_tools_used_last_stand_first(book: Notebook, jean: str) -> None:
    box = tools.toolbox()
    tools.save(book, jean, box.tools["maps"], {"gifts": ["Figures"]})
    book.clock = lambda: NOON + timedelta(days=1)
    tools.save(book, jean, box.tools["path"], {"dream": "To ride"})
    listed = tools.uses(book, box, jean)
    assert [use.tool.id for use in listed[:3]] == ["path", "maps", "one-page-profile"]
    assert [(u.sheets, u.last) for u in listed[:2]] == [
        (1, date(2026, 3, 6)), (1, date(2026, 3, 5)),
    ]  # fmt: skip


def test_saving_is_one_step_that_undo_takes_back(book: Notebook, jean: str, circle: Tool) -> None:
    tools.save(book, jean, circle, {"closer": "Winston"})
    people.undo(book)
    assert strengths.sheets(book, jean) == []


def test_a_page_is_written_whole_or_not_at_all_and_noted(
    book: Notebook, jean: str, tmp_path: Path
) -> None:
    file = tmp_path / "page.pdf"
    tools.write_paper(book, jean, "path", file, b"%PDF-1.4 page")
    assert file.read_bytes() == b"%PDF-1.4 page"
    assert [(look.what, look.detail) for look in access.looks(book, jean)][:1] == [
        ("printed", "path")
    ]
    with pytest.raises(LacError):
        tools.write_paper(book, jean, "path", tmp_path / "no" / "page.pdf", b"x")
    assert [p.name for p in tmp_path.iterdir() if p.is_file()] == ["page.pdf"]
    assert len([x for x in access.looks(book, jean) if x.what == "printed"]) == 1


def test_a_megabyte_of_pasted_text_is_kept(book: Notebook, jean: str, circle: Tool) -> None:
    long = "Said at length, with ŵ and 🙂 and שלום. " * 26_000
    began = book.clock()
    sheet = tools.save(book, jean, circle, {"closer": long})
    assert len(sheet.values["closer"]) > 1_000_000
    assert tools.sheets(book, jean, circle.id)[0].values["closer"] == long.strip()
    assert sheet.on == began.date()


def test_places_and_names_are_offered(
    book: Notebook, jean: str, circle: Tool, make_library: Callable[[], str]
) -> None:
    library = make_library()
    tools.save(book, jean, circle, {"people": [{"name": "Mo"}, {"name": "Gail"}]})
    assert tools.known_names(book, jean) == ["Mo", "Gail"]
    box = tools.toolbox()
    rows = [{"place": {"asset": library, "name": "Library"}}, {"place": {"asset": "", "name": "X"}}]
    values = {"places": rows}
    places = tools.places_in(box.tools["community-map"].fields, values)
    assert [asset.name for asset in tools.assets_of(book, places).values()] == ["Library"]


@pytest.fixture
def make_library(book: Notebook) -> Callable[[], str]:
    from lac_desktop.domain.geometry import Point
    from lac_desktop.services import assets

    def make() -> str:
        kind = next(iter(book.kinds.kinds))
        blank = assets.blank(name="Library", kind=kind, point=Point(52.67, -0.73))
        return assets.save(book, blank).id

    return make
