# SPDX-License-Identifier: AGPL-3.0-or-later
"""The helper with people: their own rungs, the memory, and what must not leak."""

import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lac_desktop.cli.main import main
from lac_desktop.domain import ids
from lac_desktop.domain.geometry import Point
from lac_desktop.domain.introduction import Considered, Thought
from lac_desktop.domain.ladder import Asked
from lac_desktop.domain.strengths import Gift, GiftOf, Offer, ToolSheet
from lac_desktop.services import assets, ladder, notebook, people, people_steps, strengths
from lac_desktop.services.notebook import Notebook
from tests.services.conftest import SECRET

HERE = Point(52.67, -0.73)


def titles(book: Notebook, asked: Asked, rung: int) -> list[str]:
    return [one.title for one in ladder.answer(book, asked).rungs[rung - 1].suggestions]


def test_an_empty_notebook_still_has_seven_rungs_and_the_urgent_route(book: Notebook) -> None:
    answer = ladder.answer(book, Asked(wishes=("I want to die",)))
    assert answer.urgent_first
    assert [one.rung.number for one in answer.rungs] == [1, 2, 3, 4, 5, 6, 7]
    assert all(one.questions for one in answer.rungs)
    assert {"999", "111"} <= {number.number for number in ladder.contacts(book).numbers}


def test_a_rung_speaks_of_a_gap_only_once_something_was_asked(book: Notebook) -> None:
    assert not any(rung.nothing for rung in ladder.answer(book, Asked()).rungs)
    asked = ladder.answer(book, Asked(wishes=("I would love to sing",)))
    assert all("gap worth noting" in rung.nothing for rung in asked.rungs if not rung.suggestions)
    assert any(not rung.suggestions for rung in asked.rungs)


def test_danger_is_heard_in_what_somebody_does_not_want_too(book: Notebook) -> None:
    answer = ladder.answer(book, Asked(dislikes=("going home when he hits me",)))
    assert answer.urgent_first
    assert not ladder.answer(book, Asked(dislikes=("church, bingo and cold rooms",))).urgent_first


def test_private_gifts_never_leak_into_another_ladder(book: Notebook) -> None:
    jean, mo = people.add(book, "Jean"), people.add(book, "Mo")
    strengths.save(
        book,
        Gift(ids.new_id(), mo.id, "fixing bikes", GiftOf.HANDS, Offer.PRIVATE),
        Gift(ids.new_id(), mo.id, "bike maps", GiftOf.HEAD, Offer.SHOW),
    )
    asked = replace(ladder.asked_of(book, jean.id, ("I'd love to fix bikes",)), near=HERE)
    said = repr(ladder.answer(book, asked))
    assert "Mo would show someone: bike maps" in said
    assert "fixing bikes" not in said


@given(offer=st.sampled_from(list(Offer)), what=st.sampled_from(["chess", "sewing", "Welsh"]))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=12)
def test_only_willing_gifts_are_ever_seen(book: Notebook, offer: Offer, what: str) -> None:
    mo = people.add(book, "Mo")
    gift = Gift(ids.new_id(), mo.id, f"{what} {ids.new_id()}", GiftOf.HANDS, offer)
    strengths.save(book, gift)
    answer = ladder.answer(book, Asked(wishes=(f"I want to learn {what}",)))
    said = repr(answer)
    if offer is Offer.PRIVATE:
        assert gift.what not in said
    people.change_standing(book, mo.id, people.Standing.MOVED)
    assert gift.what not in repr(ladder.answer(book, Asked(wishes=(f"learn {what}",))))


def test_people_of_the_circle_stand_on_the_second_rung(book: Notebook) -> None:
    jean = people.add(book, "Jean")
    rows = [
        {"name": "Ada", "ring": "know", "paid": "no", "wants": "more"},
        {"name": "Kit", "ring": "paid", "paid": "yes", "wants": "more"},
    ]
    sheet = ToolSheet(ids.new_id(), jean.id, "relationship-circle", date(2026, 3, 1),
                      {"people": rows})  # fmt: skip
    strengths.save(book, sheet)
    assert titles(book, ladder.asked_of(book, jean.id), 2) == ["Ask Ada"]


def test_the_ladder_looks_different_because_of_what_was_tried(book: Notebook) -> None:
    library = assets.save(book, replace(
        assets.blank(name="Oakham Library", kind="library"), point=HERE))  # fmt: skip
    jean = people.add(book, "Jean")
    asked = replace(ladder.asked_of(book, jean.id, ("I love reading",)), near=HERE)
    assert titles(book, asked, 4) == ["Oakham Library"]
    key = f"asset:{library.id}"
    aside = Considered(
        ids.new_id(), jean.id, key, "Oakham Library", Thought.NOT_FOR_ME,
        date(2026, 3, 1), 4, "too loud",
    )  # fmt: skip
    people_steps.keep(book, [aside], "Note")
    rung = ladder.answer(book, asked).rungs[3]
    assert rung.suggestions == ()
    assert [why for _one, why in rung.others] == ["“Not for me”: too loud"]
    later = replace(aside, thought=Thought.LATER, until=date(2026, 3, 4))
    people_steps.keep(book, [later], "Note")
    assert titles(book, asked, 4) == ["Oakham Library"]


def test_access_that_is_missing_stops_and_unknown_is_a_doubt(book: Notebook) -> None:
    for name, said in (("Steps Library", {"step-free": "no"}), ("Plain Library", {})):
        assets.save(book, replace(
            assets.blank(name=name, kind="library"), point=HERE, access=said))  # fmt: skip
    asked = Asked(wishes=("I love reading",), near=HERE, access=("step-free",))
    rung = ladder.answer(book, asked).rungs[3]
    (shown,) = rung.suggestions
    assert shown.title == "Plain Library"
    assert any("step-free" in doubt for doubt in shown.doubts)
    assert ("Steps Library", "It is not step-free") in [(o.title, why) for o, why in rung.others]


def test_confidential_and_vanished_places_are_not_suggested(book: Notebook) -> None:
    hidden = replace(assets.blank(name="Hidden Library", kind="library"), point=HERE,
                     confidential=True)  # fmt: skip
    gone = replace(assets.blank(name="Gone Library", kind="library"), point=HERE,
                   vanished_on=date(2026, 3, 5) - timedelta(days=3))  # fmt: skip
    assets.save_many(book, [hidden, gone], "Make")
    answer = ladder.answer(book, Asked(wishes=("I love reading",), near=HERE))
    assert "Hidden Library" not in repr(answer)
    assert answer.rungs[3].suggestions == ()


def test_what_is_no_place_to_go_is_suggested_to_nobody(book: Notebook) -> None:
    """Parking and shelters however they came in, and places that say that they have closed."""
    made = [
        replace(assets.blank(name="Reading Street car park", kind="car-park"), point=HERE),
        replace(assets.blank(name="Reading shelter", kind="street-feature"), point=HERE),
        replace(assets.blank(name="Old Library (closed 2023)", kind="library"), point=HERE),
        replace(assets.blank(name="Readers", kind="community-group"), point=HERE,
                description="A reading group that no longer meets"),
    ]  # fmt: skip
    assets.save_many(book, made, "Make")
    rung = ladder.answer(book, Asked(wishes=("I love reading",), near=HERE)).rungs[3]
    assert rung.suggestions == ()
    why = "It says of itself that it has closed"
    assert {(one.title, said) for one, said in rung.others} == {
        ("Old Library (closed 2023)", why), ("Readers", why)
    }  # fmt: skip


def _groups(book: Notebook) -> None:
    made = [
        ("Red Lion", "pub", "Darts and company"),
        ("Dry Sunday", "peer-support", "Friends who have given up drink, company and tea"),
        ("Forces tea", "coffee-morning", "Company for veterans"),
        ("Open table", "coffee-morning", "Everyone welcome, company and soup"),
        ("Town judo", "sports-club", "Judo for all"),
        ("Town bowls", "sports-club", "Bowls on the green"),
    ]
    assets.save_many(
        book,
        [
            replace(assets.blank(name=name, kind=kind), point=HERE, description=said)
            for name, kind, said in made
        ],
        "Make",
    )


def test_who_gave_up_drink_is_not_sent_to_a_pub(book: Notebook) -> None:
    _groups(book)
    asked = Asked(
        wishes=("I gave up drinking and I'm after company and a game of darts",), near=HERE
    )
    answer = ladder.answer(book, asked)
    shown = [one.title for rung in answer.rungs for one in rung.suggestions]
    assert "Dry Sunday" in shown
    assert "Red Lion" not in shown


def test_a_group_for_others_stands_behind_one_for_everybody(book: Notebook) -> None:
    _groups(book)
    lonely = titles(book, Asked(wishes=("I would like company",), near=HERE), 4)
    assert lonely[0] == "Open table"
    served = titles(book, Asked(wishes=("I was in the army, I'd like company",), near=HERE), 4)
    assert served[0] == "Forces tea"


def test_a_club_that_does_one_thing_is_no_place_for_another(book: Notebook) -> None:
    _groups(book)
    assert titles(book, Asked(wishes=("a game of bowls",), near=HERE), 4) == ["Town bowls"]
    assert titles(book, Asked(wishes=("I played cricket",), near=HERE), 4) == []


def test_the_record_speaks_like_words_said(book: Notebook) -> None:
    """Interests, dislikes and wishes of the record lead the ladder, and tried changes it."""
    _groups(book)
    jean = people.add(book, "Jean", home=HERE, interests=("bowls",), dislikes="judo")
    assert titles(book, ladder.asked_of(book, jean.id), 4) == ["Town bowls"]
    sporty = ladder.answer(book, ladder.asked_of(book, jean.id, ("a bit of sport to get fit",)))
    assert "Town judo" not in [one.title for one in sporty.rungs[3].suggestions]
    assert ("Town judo", "You said no to judo") in [
        (one.title, why) for one, why in sporty.rungs[3].others
    ]


def test_a_gift_of_a_person_has_no_opening_hours_and_no_door(book: Notebook) -> None:
    mo = people.add(book, "Mo")
    strengths.save(book, Gift(ids.new_id(), mo.id, "crochet", GiftOf.HANDS, Offer.SHOW))
    asked = Asked(
        wishes=("I'm lonely and love to crochet",), near=HERE, free_times="We 13:00-17:00",
        access=("step-free",),
    )  # fmt: skip
    gift = ladder.answer(book, asked).rungs[2].suggestions[0]
    assert gift.title == "Mo would show someone: crochet"
    assert gift.doubts == ()
    assert gift.reasons[0] == "You love knitting and crochet: it is what they do"
    assert not any("Lonely" in reason for reason in gift.reasons)


def test_the_command_line_answers_as_json(vault_folder: Path) -> None:
    opened = notebook.unlock(vault_folder, SECRET)
    assets.save(opened, replace(assets.blank(name="Oakham Library", kind="library"), point=HERE))
    notebook.lock(opened)
    result = CliRunner().invoke(
        main,
        ["ladder", "--vault", str(vault_folder), "--near", "52.67,-0.73", "--wish",
         "I love reading and my son hits me", "--json"],
        env={"LAC_PASSPHRASE": SECRET},
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    told = json.loads(result.stdout)
    assert told["urgent"]["first"] is True
    assert told["urgent"]["why"]
    fourth = told["rungs"][3]
    (shown,) = fourth["suggestions"]
    assert set(shown) == {"title", "kind", "asset_id", "minutes", "reasons", "doubts"}
    assert shown["title"] == "Oakham Library"
    nobody = CliRunner().invoke(
        main, ["ladder", "--vault", str(vault_folder)], env={"LAC_PASSPHRASE": SECRET}
    )
    assert nobody.exit_code == 2
