"""Lists over HTTP: the Link header (RFC 8288) that goes with ``next``."""

from __future__ import annotations

from typing import Any, Protocol, TypeVar
from urllib.parse import urlencode

from flask import request

from api.context import context
from services.paging import PageRequest


class Paged(Protocol):
    """A page of anything."""

    @property
    def next(self) -> str | None:
        """The cursor of the page after this one."""
        ...


SomePage = TypeVar("SomePage", bound=Paged)


def page_request(query: dict[str, Any]) -> PageRequest:
    """Takes the paging parameters out of the query."""
    return PageRequest(limit=query.pop("limit"), cursor=query.pop("cursor", None))


def link_headers(following: str | None) -> dict[str, str]:
    """``Link`` to the first page and, where there is one, the next."""
    links = [f'<{_address(None)}>; rel="first"']
    if following is not None:
        links.append(f'<{_address(following)}>; rel="next"')
    return {"Link": ", ".join(links)}


def listed(page: SomePage) -> tuple[SomePage, dict[str, str]]:
    """A page with its Link header."""
    return page, link_headers(page.next)


def _address(cursor: str | None) -> str:
    parameters = [(name, value) for name, value in request.args.items(multi=True) if name != "cursor"]
    if cursor is not None:
        parameters.append(("cursor", cursor))
    query = f"?{urlencode(parameters)}" if parameters else ""
    return f"{context().settings.base_url or ''}{request.path}{query}"
