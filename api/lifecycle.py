"""What happens around every request: ids, problems, validators, headers, counters and the access log."""

from __future__ import annotations

import hashlib
import re
import time
import uuid

import structlog
from flask import Flask, Response, g, json, request

from api.context import context
from api.errors import INTERNAL, UNAVAILABLE, problem_of

PROBLEM_MEDIA_TYPE = "application/problem+json"
_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,128}")
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_log = structlog.get_logger("api")


def install(app: Flask) -> None:
    """Put the steps around every request of the application."""
    app.before_request(_begin)
    app.register_error_handler(Exception, answer_error)
    app.after_request(_finish)


def _begin() -> None:
    given = request.headers.get("X-Request-Id", "")
    g.request_id = given if _REQUEST_ID.fullmatch(given) else uuid.uuid4().hex
    g.started = time.perf_counter()


def answer_error(error: Exception) -> Response:
    """The problem that an exception is; the unexpected is logged with its trace."""
    problem = problem_of(error)
    if problem.type in {INTERNAL, UNAVAILABLE}:
        _log.error("unexpected error", request_id=g.request_id, path=request.path, exc_info=error)
    wire = problem.to_wire(request.path, g.request_id)
    response = Response(json.dumps(wire), status=problem.type.status, content_type=PROBLEM_MEDIA_TYPE)
    response.headers.extend(dict(problem.headers))
    return response


def _finish(response: Response) -> Response:
    seconds = time.perf_counter() - g.started
    if request.method in {"GET", "HEAD"} and response.status_code == 200 and not response.is_streamed:
        _validate(response)
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
    response.headers["X-Request-Id"] = g.request_id
    rule = request.url_rule.rule if request.url_rule is not None else "unmatched"
    route = re.sub(r"<(?:[^:<>]+:)?([^<>]+)>", r"{\1}", rule)
    context().metrics.observe(request.method, route, response.status_code, seconds)
    _log.info(
        "request",
        method=request.method,
        path=request.path,
        status=response.status_code,
        ms=round(seconds * 1000, 1),
        request_id=g.request_id,
    )
    return response


def _validate(response: Response) -> None:
    """Strong validators: the view's own entity tag, else one over the very bytes; 304 where the client has them."""
    if "no-store" in response.headers.get("Cache-Control", ""):
        return
    response.headers.setdefault("Cache-Control", "no-cache")
    tag, _ = response.get_etag()
    if tag is None:
        tag = hashlib.sha256(response.get_data()).hexdigest()[:32]
        response.set_etag(tag)
    if request.if_none_match.contains_weak(tag):
        response.status_code = 304
        response.set_data(b"")
