# SPDX-License-Identifier: AGPL-3.0-or-later
"""Read XML of unknown origin: no entities, no outside files, no endless nesting."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError

from lac_desktop.errors import UnreadableFileError

_DEEPEST = 200


def parse(name: str, data: bytes) -> Element:
    """Parse XML; raises UnreadableFileError for damage and for files that reach outside."""
    import defusedxml
    from defusedxml.ElementTree import fromstring

    try:
        root = fromstring(data, forbid_dtd=False, forbid_entities=True, forbid_external=True)
    except defusedxml.DefusedXmlException as error:
        raise UnreadableFileError(
            f"{name} tries to pull in other files (entities), so it was not read.",
            "Ask for the file without them, or save it again from the program that made it.",
        ) from error
    except (ParseError, ValueError, LookupError, UnicodeError, RecursionError) as error:
        where = getattr(error, "position", (0, 0))[0]
        near = f" near line {where}" if where else ""
        raise UnreadableFileError(
            f"{name} is damaged or not complete{near}.", "Download or copy it again."
        ) from error
    return root


def tag(element: Element) -> str:
    """The name of an element without its namespace."""
    return element.tag.rsplit("}", 1)[-1] if isinstance(element.tag, str) else ""


def children(element: Element, *names: str) -> Iterator[Element]:
    """The direct children of these names."""
    return (child for child in element if tag(child) in names)


def text_in(element: Element, *names: str) -> str:
    """The text of the first direct child of these names, or ""."""
    for child in children(element, *names):
        return "".join(child.itertext()).strip()
    return ""


def walk(root: Element) -> Iterator[tuple[Element, tuple[Element, ...]]]:
    """Every element with those it lies in, without recursion, down to a sane depth."""
    stack: list[tuple[Element, tuple[Element, ...]]] = [(root, ())]
    while stack:
        element, above = stack.pop()
        yield element, above
        if len(above) < _DEEPEST:
            stack.extend((child, (*above, element)) for child in reversed(element))
