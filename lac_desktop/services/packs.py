# SPDX-License-Identifier: AGPL-3.0-or-later
"""Area packs: build one from downloaded files, look into one, find a place in one."""

import multiprocessing
import queue
from dataclasses import dataclass
from multiprocessing.queues import Queue
from pathlib import Path
from typing import Any

from lac_desktop.domain.progress import Progress, silent
from lac_desktop.errors import CancelledError, LacError
from lac_desktop.geo import build as builder
from lac_desktop.geo import build_sources, pack_info
from lac_desktop.geo.build_sources import Need
from lac_desktop.geo.pack import Located, PackInfo, open_pack

#: Seconds that a builder gets to tidy up after Cancel.
_PATIENCE = 20.0


@dataclass(frozen=True, slots=True)
class Inputs:
    """The files that a pack is built from, by what they hold."""

    osm: tuple[Path, ...] = ()
    postcodes: tuple[Path, ...] = ()
    boundaries: tuple[Path, ...] = ()
    names: tuple[Path, ...] = ()
    basemap: Path | None = None


def build(out: Path, inputs: Inputs, *, name: str = "", progress: Progress = silent) -> PackInfo:
    """Build an area pack in a child process, which gives its memory back.

    Cancelling through ``progress`` ends the child and leaves what was there before. Raises
    LacError with the sentence of the builder.
    """
    context = multiprocessing.get_context("spawn")
    said: Queue[Any] = context.Queue()
    stop = context.Event()
    child = context.Process(target=_child, args=(said, stop, out, inputs, name), daemon=True)
    child.start()
    try:
        _listen(child, said, progress)
    except BaseException:
        stop.set()  # the builder cleans up after itself; only a stuck one is ended
        child.join(_PATIENCE)
        if child.is_alive():
            child.terminate()
        raise
    finally:
        child.join()
    return pack_info.read_info(out)


def _child(said: "Queue[Any]", stop: Any, out: Path, inputs: Inputs, name: str) -> None:
    """Build, and send what happens: ("at", progress), ("done",), ("problem", ...)."""

    def progress(done: int, total: int | None, text: str) -> None:
        if stop.is_set():
            raise CancelledError
        said.put(("at", (done, total, text)))

    try:
        builder.build(
            out,
            osm=inputs.osm,
            postcodes=inputs.postcodes,
            boundaries=inputs.boundaries,
            names=inputs.names,
            basemap=inputs.basemap,
            name=name,
            progress=progress,
        )
        said.put(("done",))
    except CancelledError:
        return
    except LacError as error:
        said.put(("problem", type(error), error.message, error.hint))


def _listen(child: Any, said: "Queue[Any]", progress: Progress) -> None:
    """Pass the child's progress on until it is done; raise what it could not do."""
    at: tuple[int, int | None, str] = (0, None, "Starting")
    while True:
        try:
            message = said.get(timeout=0.2)
        except queue.Empty:
            if not child.is_alive() and said.empty():
                raise LacError(
                    "Building the area pack stopped before it was finished.",
                    "Close other programs to free memory, then try again.",
                ) from None
            progress(*at)  # lets Cancel through while the child is busy
            continue
        if message[0] == "done":
            return
        if message[0] == "problem":
            _, kind, sentence, hint = message
            raise kind(sentence, hint)
        at = message[1]
        progress(*at)


def info(folder: Path) -> PackInfo:
    """What is in a pack, from when, and whose data it is."""
    return pack_info.read_info(folder)


def locate(folder: Path, text: str) -> Located | None:
    """Find a postcode or place in a pack that is not open; LacError where it knows none at all."""
    pack = open_pack(folder)
    try:
        if problem := pack.why_no_places:
            raise LacError(problem, "Build the pack again, or copy it again from where it came.")
        return pack.locate(text)
    finally:
        pack.close()


def missing(inputs: Inputs) -> list[Need]:
    """What else a pack could have, why, and where it is downloaded."""
    given = {
        kind
        for kind in ("osm", "postcodes", "boundaries", "names", "basemap")
        if getattr(inputs, kind)
    }
    if "osm" in given:
        given.add("basemap")  # it is drawn from the streets
    return build_sources.missing(given)


__all__ = ["CancelledError", "Inputs", "Need", "build", "info", "locate", "missing"]
