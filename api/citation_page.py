"""A citation for readers: plain text, and a page that shows the passage with the evidence marked.

The page runs no script and loads nothing; its one style sheet is named by hash in the policy that it is sent with.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from importlib import resources

from flask import Response, render_template, request

from api.context import context
from api.negotiation import wanted_language
from services.views import CitationDetail

_WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "citation": "Citation",
        "current": "The article still reads like this.",
        "superseded": "The article has a newer text; this is what it said before.",
        "withdrawn": "The article was withdrawn.",
        "untitled": "Untitled",
        "source": "Source",
        "authors": "By",
        "published": "Published",
        "unknown": "not known",
        "revision": "Text",
        "retrieved": "received",
        "rights": "Rights",
        "hash": "SHA-256 of the text",
        "span": "Place in the text",
        "characters": "characters {start} to {end}, counted from 0",
        "check": "Check it yourself",
        "how": "The first command gives this citation; the second must print the SHA-256 above.",
        "original": "Read it where it was published",
    },
    "fr": {
        "citation": "Citation",
        "current": "L’article dit toujours cela.",
        "superseded": "L’article a un texte plus récent ; voici ce qu’il disait auparavant.",
        "withdrawn": "L’article a été retiré.",
        "untitled": "Sans titre",
        "source": "Source",
        "authors": "Par",
        "published": "Publié",
        "unknown": "inconnu",
        "revision": "Texte",
        "retrieved": "reçu",
        "rights": "Droits",
        "hash": "SHA-256 du texte",
        "span": "Place dans le texte",
        "characters": "caractères {start} à {end}, comptés depuis 0",
        "check": "Vérifiez par vous-même",
        "how": "La première commande donne cette citation ; la seconde doit afficher le SHA-256 ci-dessus.",
        "original": "Le lire là où il a été publié",
    },
}


def address_of(citation_id: str) -> str:
    """The citation's own address, which stays."""
    return f"{base_url()}/v1/citations/{citation_id}"


def base_url() -> str:
    """The server's address as clients know it."""
    return context().settings.base_url or request.host_url.rstrip("/")


def text_response(detail: CitationDetail) -> Response:
    """The citation in plain text."""
    cited = detail.citation
    about = [cited.source.name, cited.article.title, cited.article.published_at, cited.article.url]
    place = f"revision {cited.revision.number}, characters {cited.selector.start}-{cited.selector.end}"
    lines = [
        cited.selector.exact,
        "",
        "— " + ", ".join(part for part in about if part),
        f"{cited.status}; {place}, SHA-256 {cited.revision.text_sha256}",
        address_of(cited.id),
    ]
    return Response("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def html_response(detail: CitationDetail) -> Response:
    """The citation as a page, in French or English."""
    cited = detail.citation
    language = wanted_language()
    start, end = detail.highlight
    whole = detail.passage.text
    style = resources.files("api").joinpath("templates/citation.css").read_text(encoding="utf-8")
    page = render_template(
        "citation.html",
        words=_WORDS[language],
        language=language,
        style=style,
        citation=cited,
        rights=detail.rights,
        before=whole[:start],
        evidence=whole[start:end],
        after=whole[end:],
        canonical=address_of(cited.id),
        text_address=f"{base_url()}/v1/articles/{cited.article.id}/revisions/{cited.revision.number}/text",
        original=_web_address(cited.text_fragment_url or cited.article.url),
    )
    response = Response(page, content_type="text/html; charset=utf-8")
    response.headers["Content-Language"] = language
    response.headers["Content-Security-Policy"] = _policy(style)
    return response


def _web_address(address: str | None) -> str | None:
    return address if address is not None and address.startswith(("https://", "http://")) else None


def _policy(style: str) -> str:
    digest = base64.b64encode(hashlib.sha256(style.encode("utf-8")).digest()).decode("ascii")
    return (
        f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
