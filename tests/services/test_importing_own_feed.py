# SPDX-License-Identifier: AGPL-3.0-or-later
"""A feed that we wrote in the Open Referral UK profile alone comes back from a partner."""

from pathlib import Path

from lac_desktop.domain.query import Query
from lac_desktop.services import exporting, importing
from lac_desktop.services.notebook import Notebook
from lac_desktop.storage import assets as stored

LIST = """Name,Type,Description,Phone,Opening times
Oak Hall,Village hall,Two rooms and a kitchen,01572 756991,Mon-Fri 9am-5pm
Weir Allotments,Allotments,Twenty plots,,
"""


def test_a_name_that_a_partner_mends_is_news_and_the_rest_stays_ours(
    book: Notebook, tmp_path: Path
) -> None:
    ours = tmp_path / "groups.csv"
    ours.write_text(LIST, encoding="utf-8")
    importing.apply(book, importing.preview(book, [ours]))
    feed = tmp_path / "feed.json"
    exporting.export(book, "oruk", feed, Query(), exporting.Options(strict=True))
    text = feed.read_text(encoding="utf-8").replace('"name": "Oak Hall"', '"name": "Oak House"')
    feed.write_text(text, encoding="utf-8")
    result = importing.apply(book, importing.preview(book, [feed]))
    assert (result.added, result.updated, result.unchanged) == (0, 1, 1)
    with book.vault.read() as db:
        kept = {asset.name: asset for asset in stored.all_assets(db)}
    assert set(kept) == {"Oak House", "Weir Allotments"}
    assert kept["Oak House"].description.endswith("Two rooms and a kitchen")
    assert kept["Oak House"].hours == "Mo-Fr 09:00-17:00"
    assert kept["Oak House"].phone == "01572 756991"
