"""Whatever rules made of a sentence, made a tree: one root, everything below it, no cycle."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol


class Node(Protocol):
    """A word with its place in a tree; ``head`` is a position in the passage, or none of the sentence if unknown."""

    i: int
    pos: str
    dep: str
    head: int


def secure(words: Sequence[Node], start: int, end: int, root: int) -> None:
    """Hang on the root what hangs on nothing or on itself; a root outside the sentence is its first real word."""
    if not start <= root < end:
        root = next((w.i for w in words[start:end] if w.pos != "PUNCT"), start)
    words[root].head, words[root].dep = root, "ROOT"
    state = {root: True}
    for word in words[start:end]:
        _secure_one(words, word.i, root, state, range(start, end))
    for word in words[start:end]:
        if word.pos == "PUNCT" and word.i != root:
            word.dep = "punct"


def _secure_one(words: Sequence[Node], at: int, root: int, safe: dict[int, bool], inside: range) -> None:
    """Follows the heads up to a word known to reach the root; a word without head, or the last of a cycle, joins it."""
    path: list[int] = []
    while at not in safe:
        safe[at] = False
        path.append(at)
        head = words[at].head
        if head not in inside or head == at or safe.get(head) is False:
            words[at].head = root
            words[at].dep = "punct" if words[at].pos == "PUNCT" else "dep"
            break
        at = head
    safe.update(dict.fromkeys(path, True))
