"""Keeps the index equal to the database, whatever happens in between."""

from __future__ import annotations

from services.views import IndexStatus


class IndexSync:
    """Carries changes of articles from the database to the index."""

    def drain(self, wait: float | None = None) -> bool:
        """Bring the index up to the database; True when nothing is left to do.

        ``wait`` bounds, in seconds, how long to queue for the lock; None waits as long as it takes.
        Raises StorageFull.
        """
        raise NotImplementedError

    def reindex(self) -> int:
        """Build the index anew beside the live one and swap; how many passages it holds. Raises StorageFull."""
        raise NotImplementedError

    def status(self) -> IndexStatus:
        """Whether reads can be served, and how many articles wait."""
        raise NotImplementedError
