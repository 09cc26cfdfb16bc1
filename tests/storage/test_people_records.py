# SPDX-License-Identifier: AGPL-3.0-or-later
"""Every noun about people goes in and comes out the same, with history, undo and look-ups."""

from collections.abc import Callable
from dataclasses import fields, replace
from datetime import datetime, timedelta
from enum import Enum
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lac_desktop.domain.conversation import Conversation, Paragraph
from lac_desktop.domain.ids import new_id
from lac_desktop.domain.person import Person
from lac_desktop.domain.strengths import Gift, MeasureTaken, ToolSheet
from lac_desktop.storage import people_records as records
from lac_desktop.storage import people_search, people_undo, seal, steps, vault
from lac_desktop.storage.people_tables import BY_NOUN, TABLES, from_plain, plain, storable
from lac_desktop.storage.steps import Step
from tests.storage.people_examples import (
    BARE,
    BARE_3,
    EVERYTHING,
    FULL,
    FULL_3,
    JEAN,
    MO,
    NOW,
    TALK,
)

ONE_VAULT = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
LETTERS = st.characters(exclude_categories=["Cs"], exclude_characters="\0")
TEXT = st.text(LETTERS)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(LETTERS, max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(LETTERS), inner),
    max_leaves=6,
)


def save(opened: vault.Vault, *some: Any, why: str = "Edit") -> int:
    with opened.people_write() as db:
        return records.save(db, some, step=Step("Ann", why, NOW))


def remove(opened: vault.Vault, record: Any) -> int:
    with opened.people_write() as db:
        return records.remove(db, type(record), [record.id], step=Step("Ann", "Remove", NOW))


def everything(opened: vault.Vault) -> dict[str, Any]:
    with opened.people_read() as db:
        return {one.id: one for noun in BY_NOUN for one in records.where(db, noun)}


def back(opened: vault.Vault) -> steps.StepDone | None:
    with opened.people_write() as db:
        return people_undo.undo(db, who="Ann", when=NOW)


def forth(opened: vault.Vault) -> steps.StepDone | None:
    with opened.people_write() as db:
        return people_undo.redo(db, who="Ann", when=NOW)


def heard(opened: vault.Vault, text: str) -> list[str]:
    with opened.people_read() as db:
        return [one.conversation for one in people_search.search(db, text)]


def sound(opened: vault.Vault) -> bool:
    with opened.people_read() as db:
        return seal.broken_at(db, opened.bundle.chain) is None and not vault.verify(opened)


def test_there_is_an_example_of_every_noun() -> None:
    for some in ((*FULL, *FULL_3), (*BARE, *BARE_3)):
        assert {type(one) for one in some} == set(BY_NOUN) == {t.noun for t in TABLES.values()}


def test_every_noun_comes_out_as_it_went_in(opened: vault.Vault) -> None:
    save(opened, *EVERYTHING)
    assert everything(opened) == {one.id: one for one in EVERYTHING}
    assert sound(opened)


def test_saving_what_is_there_already_is_no_step(opened: vault.Vault) -> None:
    assert save(opened, *EVERYTHING) == 1
    assert save(opened, *EVERYTHING) == 0
    with opened.people_read() as db:
        assert len(steps.steps(db)) == 1


def values(hint: Any) -> st.SearchStrategy[Any]:
    """Anything a field may hold."""
    if hint is datetime:
        return st.datetimes()
    if isinstance(hint, type) and issubclass(hint, Enum):
        return st.sampled_from(list(hint))
    return st.from_type(hint)


def nouns(noun: type) -> st.SearchStrategy[Any]:
    """Any record of a noun; a mapping holds JSON."""
    special = {MeasureTaken: "answers", ToolSheet: "values"}
    more: dict[str, Any] = {"id": st.uuids().map(str)}
    if noun in special:
        more[special[noun]] = st.dictionaries(TEXT, JSON, max_size=4)
    if noun is Conversation:
        more["people"] = st.lists(st.uuids().map(str), max_size=3).map(tuple)
    return st.builds(noun, **more)


@pytest.mark.parametrize("noun", list(BY_NOUN), ids=lambda noun: noun.__name__)
@ONE_VAULT
@given(data=st.data())
def test_any_record_survives(opened: vault.Vault, noun: type, data: st.DataObject) -> None:
    with st_text():
        record = data.draw(nouns(noun))
    save(opened, record)
    with opened.people_read() as db:
        assert records.get(db, noun, record.id) == record
    assert from_plain(noun, plain(record)) == record
    remove(opened, record)
    assert everything(opened) == {}


class st_text:  # noqa: N801 - reads as a statement
    """Text is what a database can hold, while records are drawn."""

    def __enter__(self) -> None:
        st.register_type_strategy(str, TEXT)

    def __exit__(self, *_: object) -> None:
        st.register_type_strategy(str, st.text())


@pytest.mark.parametrize(
    "text",
    [
        "J",
        "J" * 300,
        "👩‍👩‍👧 Zoë",
        "שָׁלוֹם עליכם",
        "مرحبا \u202bيا صديقي\u202c",
        "a\u0301",
        "'; DROP TABLE person; --",
        '"{{7*7}}"',
        "\r\n\t\x1b",
        "NULL",
        "01234",
        "1e5",
    ],
)
def test_names_of_every_sort_stay_as_typed(opened: vault.Vault, text: str) -> None:
    person = Person(new_id(), text, note=text, interests=(text,))
    save(opened, person, Gift(new_id(), person.id, text))
    assert everything(opened)[person.id] == person
    assert sound(opened)


def test_a_pasted_megabyte_is_kept_found_and_undone(opened: vault.Vault) -> None:
    text = "the garden gate and the bus " * 40_000 + "zebrawood"
    talk = replace(TALK, own_words=(Paragraph(text),))
    save(opened, JEAN, talk)
    assert everything(opened)[talk.id] == talk
    with opened.people_read() as db:
        (hit,) = people_search.search(db, "zebraw")
        assert hit.snippet == "…the bus the garden gate and the bus \x02zebrawood\x03"
        (hit,) = people_search.search(db, "garden")
        assert len(hit.snippet) < 300
    back(opened)
    assert heard(opened, "zebrawood") == []
    assert sound(opened)


def test_half_characters_and_nul_do_not_stop_a_paste(opened: vault.Vault) -> None:
    assert storable("a\0b\ud83d") == "ab\ufffd"
    assert storable("\ud83d\ude00") == "😀"
    person = Person(new_id(), "Jo\ud83d", note="x\0y")
    save(opened, person)
    there = everything(opened)[person.id]
    assert (there.name, there.note) == ("Jo\ufffd", "xy")


def test_records_are_found_by_everybody_they_name(opened: vault.Vault) -> None:
    save(opened, *EVERYTHING)
    with opened.people_read() as db:
        for one in EVERYTHING:
            table = BY_NOUN[type(one)]
            named = set(one.people) if table.shared else {getattr(one, c) for c in table.people}
            for person in named - {JEAN.id, MO.id} if type(one) is Person else named:
                assert one in records.of_person(db, type(one), person)


def test_a_rid_is_never_given_twice(opened: vault.Vault) -> None:
    save(opened, JEAN)
    remove(opened, JEAN)
    save(opened, MO)
    with opened.people_read() as db:
        assert db.execute("SELECT rid FROM person").fetchone() == (2,)


def test_search_follows_words_as_they_change(opened: vault.Vault) -> None:
    save(opened, JEAN, TALK)
    assert heard(opened, "GARDEN lov") == [TALK.id]
    assert heard(opened, "shed") == heard(opened, "bright") == [TALK.id]
    save(opened, replace(TALK, own_words=(Paragraph("I love the sea."),)))
    assert heard(opened, "garden") == []
    assert heard(opened, "sea") == [TALK.id]
    back(opened)
    assert heard(opened, "garden") == [TALK.id]
    assert heard(opened, "sea") == []


@pytest.mark.parametrize(
    "text", ["", "  ", "👍", '"', "* OR NOT", "own:", "(", "-", "'", "^", "\0"]
)
def test_odd_questions_are_no_syntax(opened: vault.Vault, text: str) -> None:
    save(opened, JEAN, TALK)
    assert heard(opened, text) == []


def test_excerpts_mark_words_whatever_their_accents(opened: vault.Vault) -> None:
    words = "Ces jardins-là\u2028de Siân, café; \x02old\x03 marks. " + "الحديقة جميلة"
    save(opened, JEAN, replace(TALK, own_words=(Paragraph(words),), reflection=()))
    with opened.people_read() as db:
        for asked, marked in (
            ("sian", "\x02Siân\x03"),
            ("CAFÉ", "\x02café\x03"),
            ("jard", "\x02jardins\x03"),
            ("الحديقة", "\x02الحديقة\x03"),
            ("marks", "old \x02marks\x03"),
        ):
            (hit,) = people_search.search(db, asked)
            assert marked in hit.snippet
            assert hit.part == 0
            assert hit.snippet.count("\x02") == 1


def test_what_many_conversations_hold_comes_latest_first(opened: vault.Vault) -> None:
    some = [replace(TALK, id=f"c{n}") for n in range(600)]
    save(opened, *some)
    assert heard(opened, "garden") == [f"c{n}" for n in range(599, 549, -1)]


def acts() -> st.SearchStrategy[list[tuple[str, int, str]]]:
    return st.lists(
        st.tuples(
            st.sampled_from(["save", "remove"]),
            st.integers(0, len(EVERYTHING) - 1),
            st.text("ab", max_size=2),
        ),
        min_size=1,
        max_size=8,
    )


def _changed(record: Any, value: str) -> Any:
    """A record with its last text field changed."""
    names = [f.name for f in fields(record) if f.name != "id" and f.type in ("str", str)]
    return replace(record, **{names[-1]: value})


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(acts())
def test_undoing_everything_gives_the_beginning_and_redoing_the_end(
    opened: vault.Vault, some: list[tuple[str, int, str]]
) -> None:
    save(opened, *EVERYTHING[::2])
    states, looks = [everything(opened)], [_look_ups(opened)]
    for act, at, value in some:
        record = EVERYTHING[at]
        number = (
            remove(opened, record) if act == "remove" else save(opened, _changed(record, value))
        )
        if number:
            states.append(everything(opened))
            looks.append(_look_ups(opened))
    for state, look in zip(reversed(states[:-1]), reversed(looks[:-1]), strict=True):
        back(opened)
        assert everything(opened) == state
        assert _look_ups(opened) == look
    for state, look in zip(states[1:], looks[1:], strict=True):
        forth(opened)
        assert everything(opened) == state
        assert _look_ups(opened) == look
    assert sound(opened)
    for one in everything(opened).values():
        remove(opened, one)


def _look_ups(opened: vault.Vault) -> list[Any]:
    with opened.people_read() as db:
        people = db.execute("SELECT * FROM conversation_person ORDER BY 1, 2, 3").fetchall()
        return [*people, *db.execute("SELECT rowid, * FROM words ORDER BY rowid").fetchall()]


def test_undo_leaves_a_later_change_of_the_same_value(opened: vault.Vault) -> None:
    save(opened, JEAN)
    save(opened, replace(JEAN, note="one", dislikes="tea"))
    later = save(opened, replace(JEAN, note="two", dislikes="tea"))
    with opened.people_write() as db:
        db.execute("UPDATE step SET state = 'dropped' WHERE number = ?", (later,))
    back(opened)
    there = everything(opened)[JEAN.id]
    assert (there.note, there.dislikes) == ("two", JEAN.dislikes)


def test_a_new_step_ends_redo(opened: vault.Vault) -> None:
    save(opened, JEAN)
    back(opened)
    save(opened, MO)
    assert forth(opened) is None
    assert set(everything(opened)) == {MO.id}


def test_a_clock_set_back_keeps_the_order_of_steps(opened: vault.Vault) -> None:
    clocks: list[str] = []
    for hours in (0, -48, 3, -1000):
        with opened.people_write() as db:
            step = Step("Ann", f"{hours}", NOW + timedelta(hours=hours))
            records.save(db, [replace(JEAN, note=f"{hours}")], step=step)
            clocks.append(db.execute("SELECT max(clock) FROM step").fetchone()[0])
    assert clocks == sorted(set(clocks))
    with opened.people_read() as db:
        assert [step.why for step in steps.steps(db)] == ["-1000", "3", "-48", "0"]
        stamped = db.execute("SELECT clock FROM field_clock WHERE field = 'note'").fetchall()
    assert stamped == [(clocks[-1],)]
    back(opened)
    assert everything(opened)[JEAN.id].note == "3"


@pytest.mark.parametrize(
    "harm",
    [
        lambda db: db.execute("UPDATE change SET old = 'nicer' WHERE seq = 30"),
        lambda db: db.execute("DELETE FROM change WHERE seq = 30"),
        lambda db: db.execute("UPDATE step SET who = 'Bob'"),
    ],
)
def test_a_history_that_was_altered_is_told(
    opened: vault.Vault, harm: Callable[[Any], object]
) -> None:
    save(opened, *EVERYTHING)
    for number in range(40):
        save(opened, replace(JEAN, note=f"{number}"))
    assert vault.verify(opened) == []
    with opened.people_write() as db:
        harm(db)
    assert [told for told in vault.verify(opened) if "history was altered at change" in told]


def test_a_damaged_search_stops_no_saving(
    opened: vault.Vault, folder: Any, passphrase: str
) -> None:
    save(opened, JEAN, TALK)
    with opened.people_write() as db:
        db.execute("DELETE FROM words_data")
    opened.close()
    with vault.unlock(folder, passphrase) as again:
        save(again, replace(TALK, id="new", own_words=(Paragraph("zebrawood"),)))
        save(again, replace(TALK, own_words=(Paragraph("the sea"),)))
    with vault.unlock(folder, passphrase) as again:
        assert heard(again, "zebrawood") == ["new"]
        assert (heard(again, "sea"), heard(again, "garden")) == ([TALK.id], [])
        assert vault.verify(again) == []


@pytest.mark.parametrize(
    "harm",
    [
        "DELETE FROM words WHERE rowid = 1",
        "DELETE FROM words_data",
        "DELETE FROM conversation_person",
        "UPDATE words_content SET c0 = 'something else' WHERE id = 1",
    ],
)
def test_damaged_look_ups_are_told_and_made_anew(
    opened: vault.Vault, folder: Any, passphrase: str, harm: str
) -> None:
    save(opened, *EVERYTHING)
    with opened.people_write() as db:
        db.execute(harm)
    opened.close()
    with vault.unlock(folder, passphrase) as again:
        assert [told for told in vault.verify(again) if "made anew" in told]
    with vault.unlock(folder, passphrase) as again:
        assert vault.verify(again) == []
        assert heard(again, "garden") == [TALK.id]
        with again.people_read() as db:
            assert records.of_person(db, Conversation, MO.id) == [TALK, BARE[1]]
