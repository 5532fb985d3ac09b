"""Text and metadata of an HTML page, through trafilatura, in a process of its own.

This is the one place where the extraction starts a process: an HTML parser written in C, given anything at all, is
kept away from the server's memory and time. The process is an isolated interpreter that reads one page; its memory,
processor time, wall-clock time and answer are bounded, and it is killed with its whole group when they run out. It
opens no connection. Starting it costs about 0.3 s.
"""

from __future__ import annotations

import json
import math
import os
import re
import signal
import subprocess
import sys
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from extraction.html_worker import NO_TEXT

DEFAULT_TIMEOUT = 5.0
MAX_BYTES = 2_000_000
_MEMORY = 1 << 30
_WORKER = Path(__file__).with_name("html_worker.py")
_LONGEST_ANSWER = 4
_SURROGATE = re.compile("[\ud800-\udfff]")


class HtmlError(ValueError):
    """A page from which no article could be taken; the message names cause and remedy."""


class HtmlTooLarge(HtmlError):  # noqa: N818  # it names what happened
    """The page has more bytes than allowed."""


class HtmlTimeout(HtmlError):  # noqa: N818  # it names what happened
    """The page was not read in the time allowed."""


class HtmlEmpty(HtmlError):  # noqa: N818  # it names what happened
    """The page holds no text."""


class HtmlFailed(HtmlError):  # noqa: N818  # it names what happened
    """The parser ended without an answer."""


@dataclass(frozen=True, slots=True)
class HtmlArticle:
    """What a page says of its article. Paragraphs and headings of ``text`` stand on lines of their own.

    ``published`` is an instant only where the page gives its offset; ``language`` a BCP 47 primary tag.
    """

    text: str
    title: str | None = None
    authors: tuple[str, ...] = ()
    published: date | datetime | None = None
    language: str | None = None


def extract_html(html: str, *, timeout: float = DEFAULT_TIMEOUT, max_bytes: int = MAX_BYTES) -> HtmlArticle:
    """The article of a page.

    ``timeout`` is in seconds of wall-clock time, ``max_bytes`` bounds the page in UTF-8. Lone surrogates and NULs are
    replaced or dropped before the text exists. Raises HtmlTooLarge, HtmlTimeout, HtmlEmpty or HtmlFailed.
    """
    page = _SURROGATE.sub("\ufffd", html[: max_bytes + 1]).encode("utf-8")
    if len(page) > max_bytes:
        raise HtmlTooLarge(f"The page has more than the {max_bytes} bytes that are read; send the text alone.")
    answer = _run(page, timeout, _LONGEST_ANSWER * max_bytes + 10_000)
    return HtmlArticle(
        text=answer["text"],
        title=answer["title"] or None,
        authors=tuple(name.strip() for name in (answer["authors"] or "").split(";") if name.strip()),
        published=_published(answer["published"]),
        language=answer["language"],
    )


def _run(page: bytes, timeout: float, longest: int) -> dict[str, Any]:
    command = [sys.executable, "-I", str(_WORKER), str(_MEMORY), str(math.ceil(timeout) + 1)]
    with subprocess.Popen(  # noqa: S603  # the command is ours, and the page is its input
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={"PATH": os.defpath, "LC_ALL": "C.UTF-8"},
        start_new_session=True,
    ) as process:
        try:
            output, _ = process.communicate(page, timeout=timeout)
        except subprocess.TimeoutExpired:
            raise HtmlTimeout(
                f"The page was not read within {timeout:g} seconds; send its text, or a simpler page."
            ) from None
        finally:
            _kill(process)
    return _read_answer(process.returncode, output, longest)


def _kill(process: subprocess.Popen[bytes]) -> None:
    """End the process and whatever it started; nothing is left to end when it has been waited for."""
    if process.returncode is None:
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except ProcessLookupError:
            return


def _read_answer(code: int, output: bytes, longest: int) -> dict[str, Any]:
    if code == NO_TEXT:
        raise HtmlEmpty("No article text was found in the page; send the text itself.")
    if code != 0:
        raise HtmlFailed(
            f"The HTML parser ended with code {code}, out of memory or time perhaps; send the text itself."
        )
    if len(output) > longest:
        raise HtmlFailed(f"The text of the page is longer than {longest} bytes; send a part of it.")
    answer = json.loads(output)
    if not isinstance(answer, dict):
        raise HtmlFailed("The HTML parser gave no article; send the text itself.")
    return answer


def _published(written: str | None) -> date | datetime | None:
    """A date or an instant with its offset; an instant without one counts as its day, anything else as nothing."""
    if not written:
        return None
    try:
        moment = datetime.fromisoformat(written.strip())
    except ValueError:
        return None
    return moment.date() if moment.tzinfo is None or len(written.strip()) == 10 else moment
