"""Article records of an invented outlet."""

from __future__ import annotations

from datetime import date
from typing import Any

from services.records import ArticleRecord, SourceRecord

HARBOUR = (
    "Le phare de Brélan rallumé\n\n"
    "Les 14 gardiens ont repris leur service en 2021 après la tempête 🌊, selon la mairie.\n\n"
    "« La lumière revient », a dit Maëlle Corvec. Les 3 lampes ont été changées.\n\n"
    "Publicité : 20 voiliers à louer.\n"
)
MARKET = (
    "Le marché couvert ferme\n\nLes 40 étals ont été démontés en 2023.\n\n« Nous reviendrons », a dit Yanis Obertin.\n"
)
VIGIE = SourceRecord(name="La Vigie de Brélan", url="https://vigie.example/accueil", country="FR")


def record(**changes: Any) -> ArticleRecord:
    """A record with changes."""
    values: dict[str, Any] = {
        "source": VIGIE,
        "external_id": "phare-1",
        "url": "https://vigie.example/phare",
        "title": "Le phare de Brélan rallumé",
        "authors": ("Soizic Le Dantec",),
        "language": "fr",
        "published_at": date(2024, 5, 2),
        "text": HARBOUR,
        "tags": ("mer",),
    }
    return ArticleRecord(**{**values, **changes})
