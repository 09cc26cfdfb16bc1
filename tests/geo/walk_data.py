# SPDX-License-Identifier: AGPL-3.0-or-later
"""Street graphs of the real open data, for tests and benchmarks of walking alone."""

import re
from pathlib import Path

import numpy as np
import pyogrio.raw
import shapely

from lac_desktop.geo.walk import WalkGraph, build_graph, wanted_tags

_HSTORE = re.compile(r'"((?:[^"\\]|\\.)*)"=>"((?:[^"\\]|\\.)*)"')


def graph_of(osm: Path) -> WalkGraph:
    """The graph of all ways of an OpenStreetMap file, read by GDAL alone."""
    meta, _, shapes, columns = pyogrio.raw.read(osm, layer="lines")
    fields = dict(zip(meta["fields"], columns, strict=True))
    coords, owner = shapely.get_coordinates(shapely.from_wkb(shapes), return_index=True)
    lines = np.split(coords, np.searchsorted(owner, np.arange(1, len(shapes))))
    wanted = set(wanted_tags())
    tags = []
    for i in range(len(shapes)):
        own = {key: fields[key][i] for key in wanted & fields.keys() if fields[key][i]}
        tags.append(own | dict(_HSTORE.findall(fields["other_tags"][i] or "")))
    return build_graph(lines, tags)
