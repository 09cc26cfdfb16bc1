# SPDX-License-Identifier: AGPL-3.0-or-later
"""One full and one bare example of every noun about people; all invented."""

from datetime import date, datetime
from typing import Any

from lac_desktop.domain.conversation import (
    Addendum,
    Conversation,
    Paragraph,
    Promise,
    QuickNote,
    Tally,
)
from lac_desktop.domain.geometry import Point
from lac_desktop.domain.introduction import Considered, Introduction, StillGoing, Thought, Went
from lac_desktop.domain.person import Agreement, Person, Reach, Standing, StandingChange
from lac_desktop.domain.rights import Disclosure, Disposal, Hold, Pause, Request
from lac_desktop.domain.strengths import (
    Exchange,
    Gift,
    GiftOf,
    MeasureTaken,
    Offer,
    ToolSheet,
    Wish,
)

NOW = datetime(2026, 11, 21, 12, 0)
DAY = date(2026, 11, 20)
JEAN = Person(
    "01935a00-0000-7000-8000-00000000000a",
    "Jean",
    full_name="Jean Invented",
    pronouns="she",
    born=date(1944, 2, 29),
    reach=(Reach("phone", "01234 567890", "not before ten"), Reach("through", "Mo")),
    language="Cymraeg",
    information=("welsh", "large-print"),
    home=Point(52.5, -3.5),
    home_postcode="ZZ1 1ZZ",
    home_note="round the back",
    introduced_by="gp",
    introduced_who="Dr Invented",
    introduced_agreed=True,
    introduced_hope="company",
    introduced_on=DAY,
    carer=False,
    carer_for="Mo",
    carer_wants="an afternoon off",
    alongside=(("01935a00-0000-7000-8000-00000000000b", "brother"),),
    interests=("garden", "choir"),
    dislikes="not church",
    access_wishes=("step-free",),
    free_times="Mo-Fr 14:00-17:00",
    note="Likes a long ring",
)
MO = Person("01935a00-0000-7000-8000-00000000000b", "Mo")
TALK = Conversation(
    "01935a00-0000-7000-8000-0000000000c1",
    (JEAN.id, MO.id),
    DAY,
    at="14:30",
    setting="At the library",
    own_words=(Paragraph("I love the garden."), Paragraph("He is tired.", about="Mo")),
    reflection=(Paragraph("Bright today."),),
    strong="Growing beans",
    matters="The bus",
    promises=(Promise("p1", "me", "ring the shed", date(2026, 12, 1)),),
    who_else="her sister",
    good_life=("connected",),
    principles=("strengths",),
    read_back=True,
    by="Ruth",
    kept=True,
    started=NOW,
    changed=NOW,
)
FULL: tuple[Any, ...] = (
    JEAN,
    TALK,
    StandingChange("s1", JEAN.id, Standing.STEPPED_BACK, DAY, "both agreed"),
    Agreement("a1", JEAN.id, "share", DAY, "spoken", "the profile", "the choir", DAY, DAY, "ok"),
    Addendum("d1", TALK.id, NOW, "Ruth", "It was the 21st.", "I said the 21st."),
    QuickNote("q1", "Jean: bus pass", NOW, "Ruth", JEAN.id, DAY),
    Tally("t1", DAY, "Library", ("debt",), ("a chat", "a leaflet"), "Kit", "back soon", "Ruth"),
    Gift("g1", JEAN.id, "beans", GiftOf.HANDS, Offer.TEACH, ("garden",), "prizes", DAY),
    Wish("w1", JEAN.id, "to sing", ("choir",), "again", DAY, DAY),
    Exchange("e1", JEAN.id, True, MO.id, "beans", DAY, "proud"),
    MeasureTaken("m1", JEAN.id, "ons4", DAY, {"satisfied": 7, "anxious": None}, "calm"),
    ToolSheet("f1", JEAN.id, "one-page", DAY, {"like": ["tea", {"how": "strong"}]}, "choir"),
    Request("r1", JEAN.id, "see", DAY, "by letter", (Pause(DAY, DAY, "who?"),), DAY, "x", DAY, "y"),
    Hold("h1", JEAN.id, "a complaint", DAY, "Ruth", DAY),
    Disclosure("l1", JEAN.id, NOW, "Ruth", "everything", "Jean", "she asked"),
    Disposal("o1", "tally", "t1", JEAN.id, "period", DAY, "Ruth"),
)
BARE: tuple[Any, ...] = (
    MO,
    Conversation("c2", (MO.id,), DAY),
    StandingChange("s2", MO.id, Standing.ALONGSIDE, DAY),
    Agreement("a2", MO.id, "work together", DAY, "written"),
    Addendum("d2", "c2", NOW, ""),
    QuickNote("q2", "", NOW),
    Tally("t2", DAY, "", (), ()),
    Gift("g2", MO.id, ""),
    Wish("w2", MO.id, ""),
    Exchange("e2", MO.id, False, "the Shed", "", DAY),
    MeasureTaken("m2", MO.id, "ucla3", DAY),
    ToolSheet("f2", MO.id, "week", DAY),
    Request("r2", MO.id, "erase", DAY),
    Hold("h2", MO.id, "", DAY),
    Disclosure("l2", MO.id, NOW, "", "", ""),
    Disposal("o2", "tally", "t2", "", "", DAY),
)
#: Nouns that version 3 added.
FULL_3: tuple[Any, ...] = (
    Introduction(
        "i1",
        JEAN.id,
        "",
        DAY,
        to_asset="01935a00-0000-7000-8000-000000000001",
        to_person=MO.id,
        kind="library",
        rung=7,
        inwards=False,
        introduced_by="Ruth",
        agreed=True,
        who_meets="Bo",
        going_along=True,
        first_visit=DAY,
        first_time="10:30",
        told="She is called Jean.",
        thought_first="Asked her sister",
        skipped="clear-wish",
        went=Went.WENT,
        went_on=DAY,
        felt="I sang.",
        second_visit=DAY,
        at_4_weeks=StillGoing.STILL_GOING,
        at_12_weeks=StillGoing.STEPPED_AWAY,
        contributor_since=DAY,
        learned="Mornings are better",
        ended_on=DAY,
    ),
    Considered(
        "k1", JEAN.id, "approach:homeshare", "Homeshare", Thought.LATER, DAY, 5, "in spring",
        "we read about it", "ask again", date(2027, 3, 1),
    ),
)  # fmt: skip
BARE_3: tuple[Any, ...] = (
    Introduction("i2", MO.id, "the Shed", DAY, inwards=True, agreed=False),
    Considered("k2", MO.id, "", "", Thought.TRIED, DAY),
)
EVERYTHING = (*FULL, *BARE, *FULL_3, *BARE_3)
