"""Articles in and out: submit, read, list, revise, withdraw."""

from __future__ import annotations

from services.filters import ArticleFilters
from services.paging import Page, PageRequest
from services.records import ArticleRecord
from services.views import ArticleView, RevisionView, Submission


class Articles:
    """The use cases of articles."""

    def submit(self, record: ArticleRecord, *, synchronise: bool = True) -> Submission:
        """Take a record in, whatever is known of it already.

        ``synchronise=False`` leaves the index for later, for bulk loads that end with ``IndexSync.drain``.
        Raises InvalidRecord, UnsupportedContent, Withdrawn, StorageFull.
        """
        raise NotImplementedError

    def get(self, article_id: str) -> ArticleView:
        """The article. Raises NotFound, Withdrawn."""
        raise NotImplementedError

    def find(self, *, url: str | None = None, external_id: str | None = None) -> list[ArticleView]:
        """Current articles with that canonical URL or that id of their source's; oldest first, perhaps none."""
        raise NotImplementedError

    def page(self, filters: ArticleFilters, page: PageRequest, sort: str = "-published_at") -> Page[ArticleView]:
        """Current articles. Raises InvalidQuery, InvalidCursor."""
        raise NotImplementedError

    def revise(self, article_id: str, record: ArticleRecord, if_match: str | None) -> Submission:
        """Replace an article's record; its identity stays.

        ``if_match`` is the value of the If-Match header: an entity tag, a list of them, or "*".
        Raises what ``submit`` and ``get`` do, PreconditionRequired, PreconditionFailed.
        """
        raise NotImplementedError

    def withdraw(self, article_id: str, if_match: str | None) -> None:
        """Leave a tombstone. Raises NotFound, Withdrawn, PreconditionRequired, PreconditionFailed, StorageFull."""
        raise NotImplementedError

    def revisions(self, article_id: str) -> list[RevisionView]:
        """All revisions, oldest first. Raises NotFound, Withdrawn."""
        raise NotImplementedError

    def revision(self, article_id: str, number: int) -> RevisionView:
        """One revision. Raises NotFound, Withdrawn."""
        raise NotImplementedError

    def revision_text(self, article_id: str, number: int) -> str:
        """The very text whose UTF-8 bytes ``text_sha256`` is taken over. Raises NotFound, Withdrawn."""
        raise NotImplementedError
