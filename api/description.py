"""The OpenAPI 3.1 description, made from the routes and shapes themselves.

flask-smorest writes the operations; what it leaves out or gets wrong is put right here: problems have their own media
type, ids in paths their pattern, reads their validators, and nothing stands in it that nothing uses.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import yaml
from flask import Flask
from flask_smorest import Api  # type: ignore[import-untyped]  # ships no types

from api.errors import PROBLEM_TYPES
from api.lifecycle import PROBLEM_MEDIA_TYPE
from api.resources import BLUEPRINTS
from api.schemas.problem import ProblemSchema
from api.version import VERSION

Description = dict[str, Any]
_ABOUT = """Facts that news articles state, each with the words that state it.

Lists answer `items`, `total` and `next`; send `next` as `cursor` for the following page, or follow the `Link` header.
Spans count Unicode code points, half-open, from 0; `offset_unit=utf16` counts as JavaScript does. Errors are problems
(RFC 9457) that name each bad field; unknown fields and parameters are refused. Reads carry a strong `ETag`; changing or
withdrawing an article needs it as `If-Match`.
"""
_PATH_PARAMETERS = {
    "article_id": "Id of the article.",
    "citation_id": "Id of the cited passage or fact.",
    "entity_id": "Id of the entity.",
    "fact_id": "Id of the fact.",
    "name": "Name of the kind of problem.",
    "number": "Number of the revision, from 1.",
}
_HEADERS = {
    "ETag": "Strong validator; send it as If-None-Match to read, as If-Match to write.",
    "Link": 'Where the list starts (`rel="first"`) and goes on (`rel="next"`), RFC 8288.',
    "Location": "Address of the article.",
    "X-Request-Id": "The request's id, yours where you sent one.",
}


class _DescribedApi(Api):  # type: ignore[misc]  # ships no types
    """flask-smorest without its own error shape."""

    DEFAULT_ERROR_RESPONSE_NAME = None

    def _register_error_handlers(self) -> None:
        """``api.lifecycle`` answers all errors."""

    def _register_responses(self) -> None:
        """The problems are registered below."""


def register(app: Flask) -> Description:
    """Put all routes into the application and describe them."""
    app.config.update(API_TITLE="Sourcebook", API_VERSION=VERSION, OPENAPI_VERSION="3.1.0")
    api = _DescribedApi(app, spec_kwargs={"info": {"description": _ABOUT}})
    api.register_converter(app.url_map.converters["identifier"], _identifier_schema)
    api.register_converter(app.url_map.converters["revision"], _revision_schema)
    api.spec.components.schema("Problem", schema=ProblemSchema)
    for blueprint in BLUEPRINTS:
        api.register_blueprint(blueprint)
    return _put_right(api.spec.to_dict())


def to_yaml(description: Description) -> str:
    """The description as YAML, the same for the same routes."""
    # Through JSON, so that equal parts are written out and not as references to one another.
    plain = json.loads(json.dumps(description, ensure_ascii=False))
    return yaml.dump(plain, Dumper=_Plain, sort_keys=False, allow_unicode=True, width=120)


class _Plain(yaml.SafeDumper):
    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002  # PyYAML's signature
        return True


def _identifier_schema(_: object) -> dict[str, Any]:
    return {"type": "string", "pattern": "^[A-Za-z0-9._~-]{1,64}$", "minLength": 1, "maxLength": 64}


def _revision_schema(_: object) -> dict[str, Any]:
    return {"type": "integer", "minimum": 1, "maximum": 999_999_999}


def _put_right(spec: Description) -> Description:
    for path, item in spec["paths"].items():
        for parameter in item.get("parameters", []):
            parameter["description"] = _PATH_PARAMETERS[parameter["name"]]
        for method, operation in _operations(item):
            _complete(path, method, operation)
    spec["servers"] = [{"url": "/"}]
    components = spec["components"]
    components["responses"] = {f"Problem{status}": _problem_response(status) for status in _used_problems(spec)}
    components["headers"] = {
        name: {"description": text, "schema": {"type": "string"}} for name, text in _HEADERS.items()
    }
    components["parameters"] = {
        name.replace("-", ""): {"name": name, "in": "header", "description": text, "schema": {"type": "string"}}
        for name, text in {
            "If-Match": "The article's ETag, or `*` for whatever is there.",
            "If-None-Match": "ETags that you have; 304 answers that one of them is current.",
        }.items()
    }
    _drop_unused(spec)
    keys = ("openapi", "info", "servers", "tags", "paths", "components")
    return {key: spec[key] for key in keys}


def _operations(item: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    return ((method, operation) for method, operation in item.items() if method in {"get", "post", "put", "delete"})


def _complete(path: str, method: str, operation: dict[str, Any]) -> None:
    responses = {str(code): response for code, response in operation["responses"].items()}
    if method == "get":
        headers = ["ETag", "X-Request-Id"]
        if any(parameter.get("name") == "cursor" for parameter in operation.get("parameters", ())):
            headers.append("Link")
        operation.setdefault("parameters", []).append({"$ref": "#/components/parameters/IfNoneMatch"})
        responses["304"] = {"description": "What you have is current.", **_headers(["ETag"])}
    else:
        headers = ["X-Request-Id"] if method == "delete" or path.endswith("/extract") else ["ETag", "X-Request-Id"]
        headers += ["Location"] if path.endswith("/articles") else []
        if "{article_id}" in path:
            operation.setdefault("parameters", []).append({"$ref": "#/components/parameters/IfMatch"})
    for code, response in responses.items():
        if code.startswith("2"):
            response.update(_headers(headers))
    operation["responses"] = dict(sorted(responses.items()))


def _headers(names: list[str]) -> dict[str, Any]:
    return {"headers": {name: {"$ref": f"#/components/headers/{name}"} for name in names}}


def _problem_response(status: int) -> dict[str, Any]:
    kinds = [kind for kind in PROBLEM_TYPES if kind.status == status]
    examples = {
        kind.name: {
            "value": {
                "type": kind.address,
                "title": kind.title,
                "status": kind.status,
                "detail": f"{kind.title}.",
                "instance": "/v1/articles",
                "hint": kind.hint,
                "request_id": "0f4c1d5e9f0b4d6fa1b3c5d7e9f01234",
            }
        }
        for kind in kinds
    }
    body = {"schema": {"$ref": "#/components/schemas/Problem"}, "examples": examples}
    response: dict[str, Any] = {
        "description": "; or: ".join(kind.title for kind in kinds) + ".",
        "content": {PROBLEM_MEDIA_TYPE: body},
    }
    if status == 503:
        retry = {"description": "Seconds to wait.", "schema": {"type": "integer"}}
        response["headers"] = {"Retry-After": retry}
    return response


def _used_problems(spec: Description) -> list[int]:
    return sorted(
        {int(code) for code in re.findall(r"#/components/responses/Problem(\d{3})", json.dumps(spec["paths"]))}
    )


def _drop_unused(spec: Description) -> None:
    components = spec["components"]
    while True:
        used = set(re.findall(r'"\$ref": "#/components/(\w+)/([^"]+)"', json.dumps(spec)))
        unused = [(kind, name) for kind, found in components.items() for name in found if (kind, name) not in used]
        if not unused:
            break
        for kind, name in unused:
            del components[kind][name]
    _each_kind(components, lambda kind: dict(sorted(components[kind].items())))


def _each_kind(components: dict[str, Any], arrange: Callable[[str], dict[str, Any]]) -> None:
    for kind in list(components):
        if components[kind]:
            components[kind] = arrange(kind)
        else:
            del components[kind]
