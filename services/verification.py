"""Re-reads everything that is stored and says what does not hold."""

from __future__ import annotations

from services.views import VerificationReport


class Verification:
    """Checks the promises that citations make."""

    def verify(self) -> VerificationReport:
        """Check each stored citation, text, tiling, id, and the index against the database. Changes nothing."""
        raise NotImplementedError
