"""A real newsroom over a folder of its own, with an extractor that loads at once, behind Flask's test client."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from api.app import create_app
from api.config import Settings
from services.newsroom import Newsroom, open_newsroom
from tests.fakes.extractor import FakeExtractor

TEXT = (
    "Le pont de Kerlan rouvre\n\n"
    "Les 12 navires bloqués depuis lundi ont quitté le bassin en 2024 😀, selon la capitainerie.\n\n"
    "« Le pont ne bougera plus », a dit Odile Marchand. Les 30 dockers ont repris le travail.\n\n"
    "Publicité : 50 croisières soldées.\n"
)
RECORD: dict[str, Any] = {
    "external_id": "pont-1",
    "source": {"name": "La Gazette de Kerlan", "url": "https://gazette.example", "country": "FR"},
    "url": "https://gazette.example/pont",
    "title": "Le pont de Kerlan rouvre",
    "authors": ["Anne Le Goff"],
    "language": "fr",
    "published_at": "2024-05-02",
    "text": TEXT,
    "tags": ["ports"],
}


def record(**changes: Any) -> dict[str, Any]:
    """The article of these tests, with changes."""
    return {**RECORD, **changes}


@pytest.fixture
def newsroom(tmp_path: Path) -> Iterator[Newsroom]:
    with open_newsroom(data_dir=tmp_path, extractor=FakeExtractor()) as opened:
        yield opened


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path, max_body_bytes=100_000)


@pytest.fixture
def client(newsroom: Newsroom, settings: Settings) -> FlaskClient:
    return create_app(newsroom, settings).test_client()


@pytest.fixture
def article(client: FlaskClient) -> dict[str, Any]:
    answer = client.post("/v1/articles", json=RECORD)
    assert answer.status_code == 201, answer.get_data(as_text=True)
    assert isinstance(answer.json, dict)
    return answer.json


@pytest.fixture(scope="session")
def empty_client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """Over a newsroom in which nothing is stored; for tests that are refused."""
    folder = tmp_path_factory.mktemp("empty")
    with open_newsroom(data_dir=folder, extractor=FakeExtractor()) as opened:
        yield create_app(opened, Settings(data_dir=folder, max_body_bytes=100_000)).test_client()


@pytest.fixture(scope="session")
def filled_client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """Over a newsroom with one article; for reads that may find it."""
    folder = tmp_path_factory.mktemp("filled")
    with open_newsroom(data_dir=folder, extractor=FakeExtractor()) as opened:
        client = create_app(opened, Settings(data_dir=folder, max_body_bytes=100_000)).test_client()
        assert client.post("/v1/articles", json=RECORD).status_code == 201
        yield client
