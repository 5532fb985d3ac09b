"""What a model is asked: the task, in the language of the article, and a part of the article as data.

The passages stand in a JSON text, so that nothing in an article can end them and go on as an instruction. Each carries
the words that the rules have made facts of: those need not come again.
"""

from __future__ import annotations

import json
from functools import lru_cache
from typing import get_args

from extraction.document import Fact
from extraction.grounds import Grounds
from extraction.languages.data import find_file
from extraction.llm.answer import Kind
from extraction.llm.parts import PROMPT, Part

Message = dict[str, str]


def messages_for(grounds: Grounds, part: Part) -> list[Message]:
    """The messages of one question, as chat interfaces take them: ``role`` and ``content``.

    ``part`` is one of ``divide_into_parts(grounds)``.
    """
    assert grounds.parsed is not None
    passages = [_passage(grounds, grounds.parsed.text, at) for at in part.passages]
    asked = json.dumps({"passages": passages}, ensure_ascii=False)
    return [
        {"role": "system", "content": _instructions(grounds.parsed.language)},
        {"role": "user", "content": asked},
    ]


@lru_cache(maxsize=8)
def _instructions(language: str) -> str:
    file = find_file(language, PROMPT)
    assert file is not None, language
    return file.read_text("utf-8")


def _passage(grounds: Grounds, text: str, at: int) -> dict[str, object]:
    span = grounds.document.passages[at].span
    known = [f for f in grounds.document.facts if f.kind in get_args(Kind) and span.contains(f.focus)]
    return {"passage": at, "text": span.of(text), "known": [_known(fact, text) for fact in known]}


def _known(fact: Fact, text: str) -> str:
    return f"{fact.kind}: {fact.focus.of(text)}"
