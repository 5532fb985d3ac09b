"""Citations: what a reader needs to check a passage or a fact."""

from __future__ import annotations

from services.views import CitationDetail


class Citations:
    """Reads of citations."""

    def get(self, citation_id: str) -> CitationDetail:
        """The citation of a passage ("p-…") or fact ("f-…"), current or superseded.

        Raises NotFound, and Withdrawn with ``citation_id``.
        """
        raise NotImplementedError
