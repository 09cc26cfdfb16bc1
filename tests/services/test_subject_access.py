# SPDX-License-Identifier: AGPL-3.0-or-later
"""Everything about a person: complete by introspection, others redacted, whole or not at all."""

import json
import zipfile
from collections.abc import Iterable
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from lac_desktop.domain import ids
from lac_desktop.domain.conversation import Paragraph, Promise
from lac_desktop.domain.introduction import Introduction
from lac_desktop.domain.rights import Redaction
from lac_desktop.domain.strengths import Exchange
from lac_desktop.errors import LacError
from lac_desktop.services import (
    access,
    assets,
    conversations,
    datamap,
    people,
    people_steps,
    rights,
    rights_collect,
    rights_redact,
    rights_report,
)
from lac_desktop.services.notebook import Notebook
from lac_desktop.services.rights_redact import SOMEBODY, WITHHELD
from lac_desktop.storage.people_tables import TABLES
from tests import canaries


def show_all(book: Notebook, person: str) -> dict[str, Redaction]:
    """Decide to leave every passage in."""
    found = rights_redact.passages(rights_collect.collect(book, person))
    return {one.text: Redaction.SHOW for one in found}


def test_every_text_of_every_table_is_in_both_files(book: Notebook, tmp_path: Path) -> None:
    person = people.add(book, "Somebody")
    made = canaries.fill(book, person.id, leave_out=("tally",))
    decided = show_all(book, person.id)
    rights_report.write(book, person.id, tmp_path / "all.html", decided=decided)
    page = (tmp_path / "all.html").read_text("utf-8")
    value = (tmp_path / "all.json").read_text("utf-8")
    wanted = {word for word in canaries.texts(made) if not word.endswith("Id")}
    wanted |= {canaries.canary("draft"), canaries.canary("access", "detail")}
    assert len(wanted) > 70
    assert {word for word in wanted if word not in page} == set()
    assert {word for word in wanted if word not in value} == set()
    tables = {one["table"] for one in json.loads(value)["sections"]}
    assert tables >= set(TABLES) - {"tally"}
    assert str(canaries.LAT) in value  # the home too: it is theirs


def test_a_table_nobody_thought_of_is_in_it(book: Notebook, tmp_path: Path) -> None:
    person = people.add(book, "Jean")
    with book.vault.people_write() as db:
        db.execute("CREATE TABLE later (someone TEXT, what TEXT, much BLOB)")
        db.execute("INSERT INTO later VALUES (?, 'from the future', x'00ff')", (person.id,))
    rights_report.write(book, person.id, tmp_path / "out")
    assert "from the future" in (tmp_path / "out" / "everything-kept-about-you.html").read_text()


def test_every_table_and_column_has_a_sentence(book: Notebook) -> None:
    """Fails where a table or a column is added without saying what it is for."""
    silent = [
        f"{table.file}.{table.name}{'.' + column.name if column else ''}"
        for table in datamap.tables(book)
        for column in (None, *table.columns)
        if not (column.purpose if column else table.purpose).endswith(".")
    ]
    assert silent == []
    listed = {(table.file, table.name) for table in datamap.tables(book)}
    told = {(f, name) for f in datamap.FILES for name in datamap.words()[f]}
    assert told - listed == set()  # and no sentence is about what is not there


def test_every_table_with_a_person_is_collected(book: Notebook) -> None:
    """Fails where a new table has a person's number and the answer would leave it out."""
    person = people.add(book, "Jean")
    canaries.fill(book, person.id)
    keyed = {
        table.name
        for table in datamap.tables(book)
        if table.file == "people"
        and not table.derived
        and {"person", "people", "other"} & {column.name for column in table.columns}
    }
    sections = {one.table for one in rights_collect.collect(book, person.id).sections}
    assert keyed - sections == {"erased"}  # nobody who can ask is in that one


@pytest.fixture
def others(book: Notebook) -> str:
    """Jean, whose record speaks of Mo, of Ann and of a neighbour."""
    jean = people.add(
        book, "Jean", full_name="Jean Carter", introduced_by="neighbour", introduced_who="Mrs Plum"
    )
    mo = people.add(book, "Mo", full_name="Mohammed Khan")
    people.walk_together(book, jean.id, mo.id, "friend", "friend")
    said = (
        Paragraph("Tea with mohammed on Fridays."),
        Paragraph("My sister drinks.", "her sister Ann"),
        Paragraph("Moss grows."),
    )
    first = replace(conversations.new(book, (jean.id,)), own_words=said)
    conversations.keep(book, first)
    conversations.add_addendum(book, first.id, "Coffee, not tea", "Ann was not there")
    both = replace(
        conversations.new(book, (jean.id, mo.id)),
        own_words=(Paragraph("We will mend the fence."),),
        promises=(Promise("1", "Mo", "bring nails"), Promise("2", "me", "ring")),
    )
    conversations.keep(book, both)
    return jean.id


def test_passages_about_others_are_shown_first(book: Notebook, others: str) -> None:
    found = {one.text: one for one in rights_redact.passages(rights_collect.collect(book, others))}
    assert found["My sister drinks."].usual is Redaction.PASSAGE
    assert found["Tea with mohammed on Fridays."].usual is Redaction.NAMES
    assert found["Tea with mohammed on Fridays."].names == ("mohammed",)
    assert found["We will mend the fence."].usual is Redaction.SHOW
    assert found["Mrs Plum"].usual is Redaction.PASSAGE
    assert "Moss grows." not in found


def test_as_usual_no_other_name_is_handed_over(book: Notebook, others: str, tmp_path: Path) -> None:
    given = rights_report.write(book, others, tmp_path / "all.zip", recipient="Jean")
    assert given.files == (tmp_path / "all.zip",)
    with zipfile.ZipFile(tmp_path / "all.zip") as packed:
        both = [packed.read(name).decode() for name in packed.namelist()]
    assert len(both) == 2
    for text in both:
        for name in ("ohammed", "Khan", "Ann", "Plum", "drinks"):
            assert name not in text
        assert WITHHELD in text
        assert f"Tea with {SOMEBODY} on Fridays." in text
        assert "We will mend the fence." in text
        assert "Coffee, not tea" in text
    assert '"Mo"' not in both[1]


def test_a_decision_holds_wherever_the_words_stand(
    book: Notebook, others: str, tmp_path: Path
) -> None:
    decided = {"We will mend the fence.": Redaction.PASSAGE, "My sister drinks.": Redaction.SHOW}
    rights_report.write(book, others, tmp_path / "x.json", decided=decided)
    text = (tmp_path / "x.json").read_text()
    assert "fence" not in text  # the history holds it too
    assert "My sister drinks." in text


class _Outline(HTMLParser):
    """Collects what a screen reader goes by."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: Iterable[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


def test_the_page_can_be_read_by_everybody(book: Notebook, tmp_path: Path) -> None:
    person = people.add(book, "<b>Jean</b> & co")
    canaries.fill(book, people.add(book, "Mo").id)
    rights_report.write(book, person.id, tmp_path / "p.html")
    text = (tmp_path / "p.html").read_text("utf-8")
    outline = _Outline()
    outline.feed(text)
    tags = [tag for tag, _ in outline.tags]
    assert dict(outline.tags)["html"] == {"lang": "en-GB"}
    assert tags.count("h1") == tags.count("main") == tags.count("title") == 1
    assert "script" not in tags
    assert "link" not in tags
    assert "http" not in text
    ids = {attrs.get("id") for _, attrs in outline.tags}
    for tag, attrs in outline.tags:
        if tag == "a":
            assert str(attrs["href"]).removeprefix("#") in ids
        if tag == "section":
            assert attrs["aria-labelledby"] in ids
    assert "&lt;b&gt;Jean&lt;/b&gt; &amp; co" in text
    assert "<title>Everything kept about you</title>" in text  # tab and window name nobody


def test_both_files_or_neither(book: Notebook, tmp_path: Path) -> None:
    person = people.add(book, "Jean")
    (tmp_path / "all.json").mkdir()  # the second file cannot be written
    with pytest.raises(LacError):
        rights_report.write(book, person.id, tmp_path / "all.html")
    assert [file.name for file in tmp_path.iterdir() if file.is_file()] == []
    assert rights.disclosures(book) == []
    (tmp_path / "all.html").write_text("older")
    with pytest.raises(LacError):
        rights_report.write(book, person.id, tmp_path / "all.html")
    assert (tmp_path / "all.html").read_text() == "older"
    with pytest.raises(LacError):
        rights_report.write(book, person.id, tmp_path / "no" / "such" / "folder")


def test_what_left_is_recorded(book: Notebook, tmp_path: Path) -> None:
    person = people.add(book, "Jean")
    rights_report.write(book, person.id, tmp_path / "o", recipient="Her sister", reason="Asked")
    (left,) = rights.disclosures(book, person.id)
    assert (left.recipient, left.reason, left.by) == ("Her sister", "Asked", "Ruth")
    assert access.looks(book, person.id)[0].what == "exported"


def test_a_place_is_handed_over_by_its_name(book: Notebook, tmp_path: Path) -> None:
    person = people.add(book, "Jean").id
    green = assets.save(book, assets.blank(name="Friends of Bobbin Green"))
    day = book.clock().date()
    people_steps.keep(
        book,
        [
            Exchange(ids.new_id(), person, True, green.id, "Pruned the roses", day),
            Introduction(ids.new_id(), person, green.name, day, to_asset=green.id),
        ],
        "Write down",
    )
    rights_report.write(book, person, tmp_path / "all.html")
    for name in ("all.html", "all.json"):
        text = (tmp_path / name).read_text("utf-8")
        assert "Friends of Bobbin Green" in text
        assert green.id not in text
