# SPDX-License-Identifier: AGPL-3.0-or-later
"""Hand it out: what would leave, what stays and why, and the file itself.

Everything goes through ``domain.privacy``: this module never touches an asset that is not
published, except to say why it stays.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from lac_desktop.domain import privacy
from lac_desktop.domain.asset import Asset, Visibility
from lac_desktop.domain.privacy import GIFT, Group, PublicAsset, Secrets
from lac_desktop.domain.progress import Progress, silent
from lac_desktop.domain.query import Query, without_home
from lac_desktop.domain.wording import count
from lac_desktop.errors import LacError
from lac_desktop.exchange import writing
from lac_desktop.exchange.backdrop import Backdrop
from lac_desktop.exchange.writing import FORMATS, Context, Credit, Format
from lac_desktop.services import backdrop, find, maps, safety
from lac_desktop.services.leaving import LeavingGroup, groups_of
from lac_desktop.services.notebook import Notebook
from lac_desktop.storage import assets as stored
from lac_desktop.storage import settings as kept
from lac_desktop.storage import sources

__all__ = ["FORMATS", "Format", "Group", "LeavingGroup", "Options"]

_RECORD = "exports"


class LeakError(LacError):
    """A finished file held something that may not leave; it was not written."""


@dataclass(frozen=True, slots=True)
class Options:
    """How an export is made.

    ``leave_out`` are groups of facts that somebody unticked; ``without`` ids of assets that stay
    for this time. ``title`` heads the page; ``recipient`` and ``reason`` go into the record only.
    """

    strict: bool = False
    title: str = ""
    recipient: str = ""
    reason: str = ""
    leave_out: frozenset[Group] = frozenset()
    without: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Held:
    """One asset that stays, or a part of one, and why, in a sentence."""

    id: str
    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Leaving:
    """What would leave and what stays, before anything is written.

    ``held_back`` are assets that stay as a whole, ``parts`` what stays of those that leave.
    ``to_decide`` are places whose own name holds that of somebody who has not agreed. ``stays``
    are sentences about what never leaves. ``looked_for`` counts the names and addresses that the
    safety check looks for; ``last`` is the last export, or None.
    """

    public: tuple[PublicAsset, ...]
    held_back: tuple[Held, ...]
    parts: tuple[Held, ...]
    to_decide: tuple[Held, ...]
    groups: tuple[LeavingGroup, ...]
    stays: tuple[str, ...]
    looked_for: int
    last: "Exported | None" = None


@dataclass(frozen=True, slots=True)
class Exported:
    """One line of the export record: who gave what to whom, when and why. No path, no assets."""

    when: str
    who: str
    format: str
    count: int
    recipient: str = ""
    reason: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Written:
    """What an export did."""

    path: Path
    format: str
    count: int
    held_back: tuple[Held, ...]
    looked_for: int


def plan(notebook: Notebook, query: Query | None = None, options: Options | None = None) -> Leaving:
    """Say what would leave if the answer to a query were exported now; nothing is written.

    Near somebody's home is no part of it: what leaves fits the other filters alone.
    """
    options = options or Options()
    query = without_home(query or Query())
    chosen, secrets = _chosen(notebook, query)
    held = _held_back(notebook, chosen, query, options)
    staying = {one.id for one in held}
    leaving = [one for one in chosen if one.id not in staying]
    offered = _published(notebook, leaving, secrets, replace(options, leave_out=frozenset()))
    public = _ticked(offered, options)
    there = {one.id for one in public}
    held += [
        Held(one.id, one.name, "Its group is not ticked.") for one in leaving if one.id not in there
    ]
    parts = [
        Held(one.id, one.name, reason)
        for one in leaving
        if one.id in there
        for reason in privacy.parts_held_back(
            one, category=_category(notebook, one), secrets=secrets
        )
    ]
    decide = [
        Held(one.id, one.name, f"Its name holds that of {name}, who has not agreed to be public.")
        for one in public
        if (name := privacy.named_in_title(one, secrets))
    ]
    record = exported(notebook)
    return Leaving(
        public,
        tuple(held),
        tuple(parts),
        tuple(decide),
        groups_of(offered),  # an unticked group still says how much there is of it
        _STAYS,
        len(secrets.names) + len(secrets.addresses),
        record[-1] if record else None,
    )


def export(
    notebook: Notebook,
    format_id: str,
    path: Path,
    query: Query | None = None,
    options: Options | None = None,
    progress: Progress = silent,
) -> Written:
    """Write the public answer to a query to a file, and a line about it into the export record.

    Raises LacError for an unknown format, a file that cannot be written, or one that held what may
    not leave; CancelledError when ``progress`` does. The file is then as it was before.
    """
    options = options or Options()
    leaving = plan(notebook, query, options)
    context = context_of(notebook, leaving.public, format_id, options, progress)
    hidden = _must_not_stand(notebook, leaving.public, context)

    def look(finished: Path) -> None:
        progress(len(leaving.public), len(leaving.public), "Looking inside")
        if found := safety.found_in(finished, hidden):
            raise LeakError(
                f"{count(len(found), '{count} name', '{count} names')} that may not leave stood in "
                "the file, so it was not written.",
                "Look at the places that the preview names, and report this as a bug.",
            )

    number = writing.write(format_id, leaving.public, path, context, progress, check=look)
    _record(notebook, format_id, number, options)
    return Written(path, format_id, number, leaving.held_back, len(hidden))


def public_assets(notebook: Notebook, query: Query | None = None) -> tuple[PublicAsset, ...]:
    """What may be drawn, printed or saved as a picture of the answer to a query."""
    return plan(notebook, query).public


def context_of(
    notebook: Notebook,
    public: Sequence[PublicAsset],
    format_id: str,
    options: Options,
    progress: Progress = silent,
) -> Context:
    """What the writers need: title, date, who is to be named and, for a page, the map below."""
    title = options.title or notebook.settings.patch_name
    if not title and notebook.pack is not None:
        title = notebook.pack.info.name
    under = _backdrop(notebook, public, progress) if format_id == "html" else None
    return Context(
        kinds=notebook.kinds,
        made=notebook.clock(),
        title=title or "Community map",
        credits=_credits(notebook, public, under is not None),
        backdrop=under,
        strict=options.strict,
    )


def exported(notebook: Notebook) -> tuple[Exported, ...]:
    """The export record, oldest first."""
    names = {one.name for one in fields(Exported)}
    with notebook.vault.read() as db:
        rows: list[dict[str, Any]] = kept.get(db, _RECORD, [])
    return tuple(Exported(**{k: v for k, v in row.items() if k in names}) for row in rows)


_STAYS = (
    "People, their homes and notes.",
    "How well you know a place, who checked it, and what it could give.",
    "Names of people who have not agreed to be public.",
    "Places that only you or your team can see.",
    "History, saved filters and this laptop’s settings.",
)


_NARROW = (
    "Where it is stays here, and a list of what is near one spot would tell it. "
    "Without the distance it can leave, and its address stays."
)


def _chosen(notebook: Notebook, query: Query) -> tuple[list[Asset], Secrets]:
    """The answer to a query, and what no text of it may hold, gathered over the whole notebook.

    Those whose position stays come last: their rank in a list by distance would tell it.
    """
    found = find.find(notebook, query)
    with notebook.vault.read() as db:
        everything = {asset.id: asset for asset in stored.all_assets(db)}
        ids = stored.ids_of(db, [int(rid) for rid in found.rids])
    categories = {kind: one.category for kind, one in notebook.kinds.kinds.items()}
    secrets = privacy.secrets_of(everything.values(), categories)
    chosen = [everything[one] for one in ids if one in everything]
    return sorted(chosen, key=lambda one: _hides(notebook, one)), secrets


def _why(asset: Asset, options: Options) -> str:
    """Why an asset stays as a whole, or ""."""
    if asset.id in options.without and asset.visibility is Visibility.PUBLIC:
        return "You chose to leave it out this time."
    return privacy.why_held_back(asset)


def _is_narrow(query: Query) -> bool:
    """Say whether being in the answer tells nearly where a place is."""
    near = query.near is not None and (
        query.within_metres is not None or query.within_minutes is not None
    )
    return near or query.box is not None


def _hides(notebook: Notebook, asset: Asset) -> bool:
    """Say whether an asset's position may not be told: a refuge, or a person's gift."""
    return asset.confidential or _category(notebook, asset) == GIFT


def _held_back(
    notebook: Notebook, chosen: Iterable[Asset], query: Query, options: Options
) -> list[Held]:
    """The assets that stay as a whole, and why."""
    narrow = _is_narrow(query)
    return [
        Held(one.id, one.name, reason)
        for one in chosen
        if (reason := _why(one, options) or (_NARROW if narrow and _hides(notebook, one) else ""))
    ]


def _category(notebook: Notebook, asset: Asset) -> str:
    kind = notebook.kinds.kinds.get(asset.kind)
    return kind.category if kind else "S"


def _published(
    notebook: Notebook, leaving: Iterable[Asset], secrets: Secrets, options: Options
) -> tuple[PublicAsset, ...]:
    """The assets through the wall, without the groups that were unticked."""
    leaving = list(leaving)
    categories = {kind: one.category for kind, one in notebook.kinds.kinds.items()}
    gifts = [one for one in leaving if _category(notebook, one) == GIFT]
    public = privacy.publish_all(
        leaving,
        categories=categories,
        neighbourhoods=_neighbourhoods(notebook, gifts),
        secrets=secrets,
    )
    return _ticked(public, options)


def _ticked(public: Iterable[PublicAsset], options: Options) -> tuple[PublicAsset, ...]:
    """What is left of public assets without the groups that were unticked."""
    kept_ones = (privacy.leave_out(one, options.leave_out) for one in public)
    return tuple(one for one in kept_ones if one is not None)


def _neighbourhoods(notebook: Notebook, gifts: Iterable[Asset]) -> Mapping[str, str]:
    """The ward of each gift that has a point and no neighbourhood of its own."""
    if notebook.pack is None:
        return {}
    pack = notebook.pack
    return {
        one.id: pack.areas_at(one.point).ward
        for one in gifts
        if one.point is not None and not one.neighbourhood
    }


def _must_not_stand(
    notebook: Notebook, public: Sequence[PublicAsset], context: Context
) -> frozenset[str]:
    """Names and ids that may stand nowhere in a file of these assets.

    Names of people who agreed somewhere, and those inside the name of a place or of the street map
    (John Clare Road), are there for another reason.
    """
    with notebook.vault.read() as db:
        everything = list(stored.all_assets(db))
    agreed = {one.greeter for one in public} | {who.name for one in public for who in one.contacts}
    labels = context.backdrop.labels if context.backdrop else ()
    titles = [one.name for one in public] + [one.name_cy for one in public]
    titles += [label.text for label in labels] + [credit.attribution for credit in context.credits]
    said = "\n".join([*titles, context.title]).casefold()
    names = privacy.secrets_of(everything).names - agreed
    team = {one.id for one in everything if one.visibility is not Visibility.PUBLIC}
    return frozenset(name for name in names if name.casefold() not in said) | team


def _backdrop(
    notebook: Notebook, public: Sequence[PublicAsset], progress: Progress
) -> Backdrop | None:
    """The light map under the pins, or None without a street map or a place to show."""
    view = backdrop.view_of([one.point for one in public if one.point is not None])
    if view is None or notebook.pack is None or notebook.pack.basemap is None:
        return None
    tiles = maps.open_map(notebook.pack.basemap)
    try:
        return backdrop.backdrop_of(tiles, view, progress)
    finally:
        tiles.close()


def _credits(
    notebook: Notebook, public: Sequence[PublicAsset], with_map: bool
) -> tuple[Credit, ...]:
    """Who is to be named: the makers of the street map where it is drawn, and of the places.

    The date of places is the day on which they were last brought in.
    """
    named: list[Credit] = []
    if with_map and notebook.pack is not None:
        named += [
            Credit("Street map", one.attribution, one.licence, one.date)
            for one in notebook.pack.info.sources
            if one.attribution and one.kind in ("osm", "basemap")
        ]
    attributions = {one.attribution for one in public if one.attribution}
    with notebook.vault.read() as db:
        known = {one.id: one for one in sources.all_sources(db) if one.attribution in attributions}
        newest = {
            one.source: one.when.date().isoformat()
            for one in reversed(sources.batches(db))
            if not one.undone
        }
    for one in known.values():
        named.append(Credit("Places", one.attribution, one.licence, newest.get(one.id, "")))
    return tuple(dict.fromkeys(named))


def _record(notebook: Notebook, format_id: str, number: int, options: Options) -> None:
    """Write a line into the export record."""
    line = Exported(
        when=_moment(notebook.clock()),
        who=notebook.settings.who,
        format=format_id,
        count=number,
        recipient=options.recipient,
        reason=options.reason,
        title=options.title,
    )
    with notebook.vault.write() as db:
        kept.put(db, _RECORD, [*kept.get(db, _RECORD, []), asdict(line)])


def _moment(when: datetime) -> str:
    return when.isoformat(timespec="seconds")
