"""The engines by name, ours first."""

from __future__ import annotations

from benchmarks.search.engines.base import Engine
from benchmarks.search.engines.bm25s import Bm25s
from benchmarks.search.engines.fts5 import Fts5
from benchmarks.search.engines.ours import Ours, OursWhole
from benchmarks.search.engines.stock_whoosh import StockWhoosh
from benchmarks.search.engines.tantivy import Tantivy, TantivyTop

ENGINES: tuple[type[Engine], ...] = (Ours, OursWhole, Fts5, Tantivy, TantivyTop, Bm25s, StockWhoosh)
OURS = Ours.name


def engine_called(name: str) -> Engine:
    """The engine of a name. Raises ValueError."""
    for engine in ENGINES:
        if engine.name == name:
            return engine()
    raise ValueError(f"there is no engine {name}; there are {', '.join(engine.name for engine in ENGINES)}")
