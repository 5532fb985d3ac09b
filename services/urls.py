"""URLs: one form to compare them by, and links that open a page at the words cited."""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit, urlunsplit

# Parameters that tell how a reader came to a page, never which page it is; others may, and stay.
_TRACKING = re.compile(
    r"utm_\w+|at_(?:medium|campaign|custom\d|link_\w+|format|ptr_name|bbc_team)|xtor|xtref|fbclid|gclid|gbraid|wbraid"
    r"|dclid|msclkid|yclid|twclid|ttclid|igshid|igsh|mc_cid|mc_eid|_hsenc|_hsmi|mkt_tok|oly_anon_id|oly_enc_id|vero_id"
    r"|wt_mc|ref_src|ref_url|cmpid|ns_campaign|ns_mchannel|ns_source|spm|s_cid|echobox",
    re.IGNORECASE,
)
_DEFAULT_PORTS = {"http": 80, "https": 443}
_WHOLE_QUOTE = 300  # code points up to which a fragment carries all the words; longer ones name first and last
_EDGE_WORDS = 6


def canonical_url(url: str) -> str:
    """Lower-case scheme and host, no default port, fragment or tracking parameters. Raises ValueError for no http URL.

    >>> canonical_url("HTTPS://Example.org:443/a?id=3&utm_source=x#top")
    'https://example.org/a?id=3'
    """
    parts = urlsplit(url.strip())
    if parts.scheme.lower() not in _DEFAULT_PORTS or not parts.hostname:
        raise ValueError("not an absolute http or https URL")
    scheme, host = parts.scheme.lower(), parts.hostname.lower().rstrip(".")
    host = f"[{host}]" if ":" in host else host
    if parts.port is not None and parts.port != _DEFAULT_PORTS[scheme]:
        host = f"{host}:{parts.port}"
    kept = [p for p in parts.query.split("&") if p and not _TRACKING.fullmatch(p.split("=")[0])]
    return urlunsplit((scheme, host, parts.path or "/", "&".join(kept), ""))


def host_of(url: str) -> str:
    """The lower-case host of a URL, without port. Raises ValueError for no http URL."""
    return urlsplit(canonical_url(url)).hostname or ""


def text_fragment_url(url: str, text: str, start: int, end: int) -> str:
    """``url`` with a text fragment for ``text[start:end]`` (https://wicg.github.io/scroll-to-text-fragment).

    A quote in several paragraphs, or longer than 300 code points, is named by its first and last words; one that
    stands in the text several times gets the word before it.
    """
    exact = text[start:end].strip()
    first, last = _edges(exact)
    before = _word_before(text, start) if text.count(exact) > 1 else None
    terms = [f"{_encode(before)}-"] if before else []
    terms.append(_encode(first))
    if last is not None:
        terms.append(_encode(last))
    return f"{url.split('#', maxsplit=1)[0]}#:~:text={','.join(terms)}"


def _edges(exact: str) -> tuple[str, str | None]:
    lines = [line.strip() for line in exact.splitlines() if line.strip()]
    if len(exact) <= _WHOLE_QUOTE and len(lines) <= 1:
        return exact, None
    first, last = lines[0].split(), lines[-1].split()
    if len(lines) > 1:
        return " ".join(first[:_EDGE_WORDS]), " ".join(last[-_EDGE_WORDS:])
    half = min(_EDGE_WORDS, len(first) // 2)
    return (" ".join(first[:half]), " ".join(first[-half:])) if half else (exact, None)


def _word_before(text: str, start: int) -> str | None:
    line = text[max(0, start - 80) : start].rpartition("\n")[2].split()
    return " ".join(line[-2:]) if line else None


def _encode(words: str) -> str:
    """Percent-encoded; also the hyphen, which the fragment syntax takes for a mark of context."""
    return quote(words, safe="").replace("-", "%2D")
