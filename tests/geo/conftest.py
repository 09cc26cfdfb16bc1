# SPDX-License-Identifier: AGPL-3.0-or-later
"""The pack of Rutland, built once from the real open data."""

from pathlib import Path

import pytest
from hypothesis import settings

from lac_desktop.geo.build import build
from lac_desktop.geo.pack import Pack, open_pack

# A busy machine is no mistake of a parser's.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")


@pytest.fixture(scope="session")
def rutland_folder(rutland: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of the pack; read it, do not change it."""
    out = tmp_path_factory.mktemp("packs") / "rutland"
    build(
        out,
        osm=[rutland / "osm" / "rutland-2018-02-27.osm.pbf"],
        postcodes=[rutland / "postcodes"],
        boundaries=[
            rutland / "boundaries" / "wards_by_lad_E06000017.json",
            rutland / "boundaries" / "lsoa_by_lad_topo_E06000017.json",
        ],
        names=[rutland / "names"],
        name="Rutland",
    )
    return out


@pytest.fixture(scope="session")
def rutland_pack(rutland_folder: Path) -> Pack:
    """The pack, opened."""
    return open_pack(rutland_folder)
