"""Whoosh's writer for segments of arrays: what one commit adds, deletes and merges."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, BinaryIO, cast

from search_index.arrays import ArrayWriter
from search_index.builder import SegmentBuilder
from search_index.codec import ArraySegment
from search_index.documents import PassageDocument
from search_index.files import IndexFiles, check_seal
from search_index.forms import FormTable
from search_index.lineage import IndexWriter, TableOfContents, clean_files
from search_index.merging import Piece, merge
from search_index.schema import INDEX_NAME, build_schema
from search_index.segment import EXTENSION

UNFINISHED = "merging-"
"""Begins the name of a file that no table of contents may name: Whoosh's sweeping leaves it alone."""


class ArrayIndexWriter(IndexWriter):  # type: ignore[misc]  # untyped
    """One commit. Nothing is changed before ``commit``; the caller holds the lock that excludes other writers."""

    def __init__(self, storage: IndexFiles) -> None:
        self.storage = storage
        self.schema = build_schema()
        self.folder = Path(storage.folder)
        table = read_table(storage)
        self.segments: list[ArraySegment] = list(table.segments)
        self.generation = table.generation + 1
        self.builder = SegmentBuilder()
        self._merged: ArraySegment | None = None

    def builder_with(self, table: FormTable | None) -> SegmentBuilder:
        """A builder that knows the written forms of an earlier one."""
        return SegmentBuilder(table)

    def add_document(self, **fields: Any) -> None:
        """Add a passage: ``document`` is a PassageDocument."""
        document: PassageDocument = fields["document"]
        self.builder.add(document)

    def delete(self, documents: Mapping[str, Sequence[int]]) -> None:
        """Delete passages, by their numbers in the segments of these names."""
        self.segments = [
            segment.without(documents[segment.segment_id()]) if segment.segment_id() in documents else segment
            for segment in self.segments
        ]

    def delete_document(self, docnum: int, delete: bool = True) -> None:  # noqa: FBT001, FBT002 - Whoosh's
        """Delete a passage by its number among all."""
        for at, segment in enumerate(self.segments):
            if docnum < segment.doc_count_all():
                changed = segment.without([])
                changed.delete_document(docnum, delete)
                self.segments[at] = changed
                return
            docnum -= segment.doc_count_all()

    def merge(self, pieces: Mapping[str, Piece]) -> None:
        """Replace segments, by name, by one with their passages."""
        if not pieces:
            return
        segment = ArraySegment(INDEX_NAME)
        segment.set_doc_count(self._write(segment, list(pieces.values())))
        self._replace(pieces, segment)

    def write_merged(self, pieces: Sequence[Piece]) -> ArraySegment:
        """Write a merged segment that no commit names yet; another writer can ``adopt`` it."""
        self._merged = segment = ArraySegment(INDEX_NAME)
        segment.set_doc_count(self._write(segment, pieces, UNFINISHED))
        self.storage.sync_created()
        return segment

    def adopt(self, other: ArrayIndexWriter, replaced: Iterable[str], deleted: Iterable[int]) -> None:
        """Take what another writer merged in place of these segments, without some passages deleted since."""
        segment = other._merged
        assert segment is not None
        name = f"{segment.segment_id()}{EXTENSION}"
        (self.folder / f"{UNFINISHED}{name}").rename(self.folder / name)
        self._replace(replaced, segment.without(deleted))

    def _replace(self, names: Iterable[str], segment: ArraySegment) -> None:
        gone = set(names)
        self.segments = [one for one in self.segments if one.segment_id() not in gone]
        if segment.doc_count_all():
            self.segments.append(segment)

    def commit(self, **_options: Any) -> None:
        """Write the new segment and the table of contents, and remove the files that it no longer names."""
        if len(self.builder):
            segment = ArraySegment(INDEX_NAME, len(self.builder))
            with self._create(f"{segment.segment_id()}{EXTENSION}") as stream:
                out = ArrayWriter(stream)
                for name, values in self.builder.arrays().items():
                    out.put(name, values)
                out.finish()
            self.segments.append(segment)
        kept = [segment for segment in self.segments if segment.doc_count()]
        TableOfContents(self.schema, kept, self.generation).write(self.storage, INDEX_NAME)
        clean_files(self.storage, INDEX_NAME, self.generation, kept)

    def close(self) -> None:
        """Close what is open, and remove a merged segment that nobody took."""
        self.storage.close_all()
        if self._merged is not None:
            (self.folder / f"{UNFINISHED}{self._merged.segment_id()}{EXTENSION}").unlink(missing_ok=True)

    def cancel(self) -> None:
        """Leave everything as it was."""
        self.close()

    def _write(self, segment: ArraySegment, pieces: Sequence[Piece], prefix: str = "") -> int:
        with self._create(f"{prefix}{segment.segment_id()}{EXTENSION}") as stream:
            out = ArrayWriter(stream)
            count = merge(pieces, out)
            out.finish()
        return count

    def _create(self, name: str) -> BinaryIO:
        return cast("BinaryIO", self.storage.create_file(name).file)


def read_table(storage: IndexFiles, generation: int | None = None) -> Any:
    """The table of contents of a commit, of the latest if none is named. Raises IndexUnusable where it is damaged."""
    number = TableOfContents._latest_generation(storage, INDEX_NAME) if generation is None else generation
    check_seal(Path(storage.folder) / f"_{INDEX_NAME}_{number}.toc")
    return TableOfContents.read(storage, INDEX_NAME, gen=number, schema=build_schema())
