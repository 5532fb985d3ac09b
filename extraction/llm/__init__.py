"""A language model as a second reader: what it is asked, and what of its answer is believed.

Pure like all of the extraction: who sends the question and receives the answer is a matter of the services. A model
points to words; what they say is read from them by the grammar and the lexicons that the rules use, and a fact is kept
only where both agree. Events and quotations alone: the rules make a fact of every number that our grammar takes for an
amount, and what it refuses in its context (a rank, "three days after") is none, whoever says so.

The steps: ``parts`` -> ``prompt`` -> (elsewhere) -> ``answer`` -> ``checking``.
"""

from __future__ import annotations

from extraction.llm.answer import Answer, UnusableAnswer, read_answer
from extraction.llm.checking import Checked, check_answers, with_facts
from extraction.llm.parts import Part, divide_into_parts
from extraction.llm.prompt import messages_for

__all__ = [
    "Answer",
    "Checked",
    "Part",
    "UnusableAnswer",
    "check_answers",
    "divide_into_parts",
    "messages_for",
    "read_answer",
    "with_facts",
]
