"""The whole collection, streamed."""

from __future__ import annotations

from collections.abc import Iterator

from services.views import Json


class Export:
    """Exports."""

    def facts(self) -> Iterator[Json]:
        """Current facts in the wire shape with their ``citation``, by article id and place in the text."""
        raise NotImplementedError
