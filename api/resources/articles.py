"""Articles: ingest, browse, look up, revise, withdraw, and the texts behind them."""

from __future__ import annotations

import base64
import hashlib
from typing import Any

from flask import Response, request

from api.context import context, newsroom
from api.lists import listed, page_request
from api.operations import Operations
from api.schemas.article import (
    RECORD_EXAMPLE,
    ArticlePageSchema,
    ArticleQuerySchema,
    ArticleRecordSchema,
    ArticleSchema,
    RevisionListSchema,
    RevisionSchema,
)
from services.filters import ArticleFilters
from services.paging import Page
from services.records import ArticleRecord
from services.views import ArticleView

articles = Operations("articles", __name__, url_prefix="/v1/articles", description="Articles and their texts.")

Answer = tuple[object, dict[str, str]]
Query = dict[str, Any]


@articles.operation(
    "POST",
    "",
    ArticleSchema,
    status=201,
    body=ArticleRecordSchema,
    body_example=RECORD_EXAMPLE,
    also={200: ArticleSchema},
    problems=(410, 507),
)
def submit_article(_: Query, record: ArticleRecord) -> tuple[object, int, dict[str, str]]:
    """Take an article in

    Answers 201 for a new article. The same record again changes nothing and answers 200; with another text, the known
    article gets a new revision; with other metadata, those are updated. Facts and search are current on return.
    """
    submission = newsroom().articles.submit(record)
    article, headers = tagged(submission.article)
    location = f"{context().settings.base_url or ''}/v1/articles/{article.id}"
    return article, 201 if submission.outcome == "created" else 200, {**headers, "Location": location}


@articles.operation("GET", "", ArticlePageSchema, query=ArticleQuerySchema)
def list_articles(query: Query) -> Answer:
    """List articles, or look one up

    `url` and `external_id` look articles up; the other filters narrow the list. Withdrawn articles are in none.
    """
    page, sort = page_request(query), query.pop("sort")
    return listed(newsroom().articles.page(ArticleFilters(**query), page, sort))


@articles.operation("GET", "/<identifier:article_id>", ArticleSchema, problems=(404, 410))
def get_article(_: Query, article_id: str) -> Answer:
    """Read an article

    With its current revision and counts; its ETag is what changing it needs.
    """
    return tagged(newsroom().articles.get(article_id))


@articles.operation(
    "PUT",
    "/<identifier:article_id>",
    ArticleSchema,
    body=ArticleRecordSchema,
    body_example=RECORD_EXAMPLE,
    problems=(404, 410, 412, 428, 507),
)
def revise_article(_: Query, record: ArticleRecord, article_id: str) -> Answer:
    """Replace an article's record

    A changed text makes a new revision; the old one stays readable and its citations become `superseded`.
    """
    return tagged(newsroom().articles.revise(article_id, record, request.headers.get("If-Match")).article)


@articles.operation("DELETE", "/<identifier:article_id>", status=204, problems=(404, 410, 412, 428, 507))
def withdraw_article(_: Query, article_id: str) -> Response:
    """Withdraw an article

    It leaves every list and the index; its addresses answer 410 from now on.
    """
    newsroom().articles.withdraw(article_id, request.headers.get("If-Match"))
    return Response(status=204)


@articles.operation("GET", "/<identifier:article_id>/revisions", RevisionListSchema, problems=(404, 410))
def list_revisions(_: Query, article_id: str) -> object:
    """List an article's texts

    All revisions, oldest first.
    """
    found = newsroom().articles.revisions(article_id)
    return Page(items=tuple(found), total=len(found), next=None)


@articles.operation("GET", "/<identifier:article_id>/revisions/<revision:number>", RevisionSchema, problems=(404, 410))
def get_revision(_: Query, article_id: str, number: int) -> object:
    """Read what is known of one text

    Its length, hash and counts; the text itself is one step further, at `/text`.
    """
    return newsroom().articles.revision(article_id, number)


@articles.operation(
    "GET",
    "/<identifier:article_id>/revisions/<revision:number>/text",
    content={"text/plain": {"schema": {"type": "string", "description": "The text, in UTF-8."}}},
    problems=(404, 410),
)
def get_revision_text(_: Query, article_id: str, number: int) -> Response:
    """Read one text

    The very bytes over which `text_sha256` is taken, so that `sha256sum` checks a citation.
    """
    raw = newsroom().articles.revision_text(article_id, number).encode("utf-8")
    digest = hashlib.sha256(raw)
    response = Response(raw, content_type="text/plain; charset=utf-8")
    response.set_etag(digest.hexdigest())
    response.headers["Repr-Digest"] = f"sha-256=:{base64.b64encode(digest.digest()).decode('ascii')}:"  # RFC 9530
    return response


def tagged(article: ArticleView) -> tuple[ArticleView, dict[str, str]]:
    """The article with its ETag."""
    return article, {"ETag": f'"{article.etag}"'}
