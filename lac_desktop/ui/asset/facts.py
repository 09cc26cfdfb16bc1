# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the detail pane and the call sheet say of a place, as sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lac_desktop.domain.asset import Asset, Contact, Visibility
from lac_desktop.domain.wording import checked_words, source_words
from lac_desktop.services import about, assets
from lac_desktop.ui.words import tr

if TYPE_CHECKING:
    from lac_desktop.services.notebook import Notebook

KNOWN = {
    "": "Nobody we know yet",
    "heard of": "Heard of",
    "visited": "Visited",
    "know someone": "Know someone",
    "know well": "Know well",
}
ACCESS = {
    "step-free": "Step-free",
    "toilets": "Toilets",
    "hearing-loop": "Hearing loop",
    "quiet": "Quiet",
    "parking": "Parking",
    "bus": "Bus",
}
VISIBLE = {
    "public": "Public: may be exported",
    "team": "Team: not exported",
    "only me": "Only me: not exported",
}
_RELATIONS = {"runs at": "Runs at {name}", "run by": "Run by {name}", "meets in": "Meets in {name}"}
_BACK = {"runs at": "{name} runs here", "run by": "Runs {name}", "meets in": "{name} meets here"}


def under_title(notebook: Notebook, asset: Asset) -> str:
    """Kind and Welsh name."""
    kind = notebook.kinds.kinds.get(asset.kind)
    parts = [kind.name if kind else tr("Kind not known"), asset.name_cy]
    return ". ".join(p for p in parts if p)


def checked(notebook: Notebook, asset: Asset) -> str:
    """When it was last checked, and by whom."""
    said = checked_words(asset.checked_on, notebook.clock().date(), tr)
    if asset.checked_on and asset.checked_by:
        return tr("{said} by {who}", said=said, who=asset.checked_by)
    return said


def notices(notebook: Notebook, asset: Asset) -> list[tuple[str, str]]:
    """Sentences to see first, each with a tone."""
    found: list[tuple[str, str]] = []
    if asset.vanished_on is not None:
        found.append((tr("The newest file of its source no longer has it. Worth a call."), "note"))
    elif about.check_due(notebook, asset):
        found.append((tr("Worth a check. A call takes about two minutes."), "note"))
    if asset.confidential:
        found.append((tr("Confidential address: never leaves this laptop."), "warning"))
    return found


def sections(notebook: Notebook, asset: Asset) -> list[tuple[str, list[str]]]:
    """Headings with their lines; what is not known is left out."""
    access = [
        f"{tr(words)}: {tr(asset.access[fact])}"
        for fact, words in ACCESS.items()
        if asset.access.get(fact)
    ]
    cost = {"free": tr("Free"), "paid": tr("Costs something")}.get(asset.cost, "")
    hello = [asset.greeter, asset.welcome]
    if asset.greeter and asset.greeter_agreed_public:
        hello[0] = tr("{name} (agreed to be public)", name=asset.greeter)
    source = asset.source and tr("From {source}", source=source_words(asset.source, tr))
    made = [
        ("", [about.opening_now(notebook, asset), asset.hours_text]),
        (tr("Where"), [asset.address, asset.postcode]),
        (tr("About"), [asset.description]),
        (tr("Who will say hello"), hello),
        (tr("What it gives"), [asset.gives]),
        (tr("What it could give"), [asset.could_give]),
        (tr("On this week"), about.this_week(notebook, asset)),
        (tr("Cost"), [". ".join(p for p in (cost, asset.cost_note) if p)]),
        (tr("Access"), [", ".join(access), asset.access_note]),
        (tr("Languages"), [", ".join(asset.languages)]),
        (tr("Ring or write"), [asset.phone, asset.email, asset.website]),
        (tr("Who we know there"), [tr(KNOWN[asset.known.value]), *map(contact, asset.contacts)]),
        (tr("Who can see this"), [tr(VISIBLE[Visibility(asset.visibility).value])]),
        (tr("Source"), [source, asset.licence]),
    ]
    kept = [(heading, [line for line in lines if line]) for heading, lines in made]
    return [(heading, lines) for heading, lines in kept if lines]


def contact(one: Contact) -> str:
    """A person in a public role in one line."""
    parts = [one.name, one.role, one.organisation, one.patch, one.phone, one.email]
    words = ", ".join(p for p in parts if p)
    if one.can_speak:
        words += tr("; may be asked to speak")
    return words + (tr("; agreed to be public") if one.agreed_public else "")


def linked(notebook: Notebook, asset: Asset) -> list[tuple[str, str]]:
    """Other places tied to this one in either direction: id and a sentence."""
    ties = [(link.other, _RELATIONS.get(link.relation, "{name}")) for link in asset.links]
    names = {a.id: a.name for a in assets.get_many(notebook, [other for other, _ in ties])}
    found = [(o, tr(words, name=names[o])) for o, words in ties if o in names]
    for other, relation, name in about.linked_from(notebook, asset.id):
        found.append((other, tr(_BACK.get(relation, "{name}"), name=name)))
    return found
