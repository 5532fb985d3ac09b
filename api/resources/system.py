"""The front door, the probes, the counters and the kinds of problems."""

from __future__ import annotations

from typing import Any

from flask import Response, render_template

from api.context import context, newsroom
from api.errors import NOT_FOUND, NOT_READY, PROBLEM_TYPES, Problem, ProblemError
from api.metrics import CONTENT_TYPE
from api.negotiation import wanted_form
from api.operations import Operations
from api.schemas.problem import ProblemTypeListSchema, ProblemTypeSchema
from api.schemas.system import HealthSchema, IndexSchema, ReadinessSchema
from api.version import VERSION

system = Operations("system", __name__, description="The server itself.")

_NO_STORE = {"Cache-Control": "no-store"}
_FORMS = {"json": "application/json", "html": "text/html"}
_AT_ROOT = ("openapi.yaml", "docs", "healthz", "readyz", "metrics", "problems")
_NOUNS = ("articles", "facts", "search", "suggest", "entities", "sources")
_ABOUT: dict[str, Any] = {
    "name": "Sourcebook",
    "description": "Ask what the news says, and get facts that can be checked.",
    "version": VERSION,
    "links": {
        **{name.partition(".")[0]: f"/{name}" for name in _AT_ROOT},
        **{name: f"/v1/{name}" for name in _NOUNS},
    },
}


@system.operation(
    "GET",
    "/",
    IndexSchema,
    problems=(406,),
    content={"text/html": {"schema": {"type": "string", "description": "The same as a page."}}},
)
def get_index(_: dict[str, Any]) -> object:
    """Find the way

    What this is, and where to go from here; JSON, or a page where HTML is asked for.
    """
    headers = {"Vary": "Accept"}
    if wanted_form(_FORMS) == "json":
        return _ABOUT, headers
    return Response(render_template("index.html", about=_ABOUT), content_type="text/html; charset=utf-8"), headers


@system.operation("GET", "/healthz", HealthSchema)
def get_health(_: dict[str, Any]) -> object:
    """See whether the process answers

    Nothing else is looked at; see `/readyz` for that.
    """
    return {"status": "ok", "version": VERSION}, _NO_STORE


@system.operation("GET", "/readyz", ReadinessSchema)
def get_readiness(_: dict[str, Any]) -> object:
    """See whether facts and search are current

    200 only when the database answers, the index holds what the database holds, and extraction is loaded.
    """
    status = newsroom().index.status()
    if not status.usable or status.pending:
        cause = f"{status.pending} articles wait to be indexed." if status.usable else "The index cannot be read yet."
        raise ProblemError(Problem(type=NOT_READY, detail=cause, headers={"Retry-After": "2", **_NO_STORE}))
    return {"status": "ready", "database": "ok", "index": "current", "extraction": "ok"}, _NO_STORE


@system.operation(
    "GET", "/metrics", content={"text/plain": {"schema": {"type": "string", "description": "Prometheus' format."}}}
)
def get_metrics(_: dict[str, Any]) -> object:
    """Read the counters

    For Prometheus: requests by method, route and status, and how long they took, over all workers.
    """
    return Response(context().metrics.exposition(), content_type=CONTENT_TYPE), _NO_STORE


@system.operation("GET", "/problems", ProblemTypeListSchema)
def list_problems(_: dict[str, Any]) -> object:
    """List the kinds of problems

    What `type` can be in an error, and what to do about each.
    """
    return {"items": [_described(kind.name) for kind in PROBLEM_TYPES]}


@system.operation("GET", "/problems/<identifier:name>", ProblemTypeSchema, problems=(404,))
def get_problem(_: dict[str, Any], name: str) -> object:
    """Read about a kind of problem

    The address that `type` gives in an error.
    """
    return _described(name)


def _described(name: str) -> dict[str, object]:
    for kind in PROBLEM_TYPES:
        if kind.name == name:
            return {"type": kind.address, "title": kind.title, "status": kind.status, "hint": kind.hint}
    raise ProblemError(Problem(type=NOT_FOUND, detail=f"There is no kind of problem {name}."))
