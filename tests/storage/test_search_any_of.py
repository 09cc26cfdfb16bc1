# SPDX-License-Identifier: AGPL-3.0-or-later
"""Finding what speaks of one of several phrases."""

from lac_desktop.domain.query import Query
from lac_desktop.storage import vault
from tests.storage.test_search import asset, found, save


def test_any_of_several_phrases_by_how_their_words_begin(opened: vault.Vault) -> None:
    """In what a place says of itself, not in the words of its kind; no typing error is forgiven."""
    save(
        opened,
        asset("Dry Sunday", "peer-support", description="Friends who have given up drink"),
        asset("Sing", "music-drama", description="Carers sing together"),
        asset("Town Library", "library"),
    )
    assert set(found(opened, Query(any_of=("drink", "carer sing")))) == {"Dry Sunday", "Sing"}
    assert found(opened, Query(any_of=("given drink", "carer drink"))) == ["Dry Sunday"]
    assert found(opened, Query(any_of=("drnik", "book"))) == []
    assert found(opened, Query(text="sunday", any_of=("drink", "sing"))) == ["Dry Sunday"]
