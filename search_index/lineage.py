"""The parts of Whoosh in use, which its lineages have in common; only this module imports it.

They are untyped here on purpose: one lineage ships types and another none, and the project runs on both (see
docs/adr/0003-whoosh-lineage.md). What is not here, above all ``Searcher``, ``refresh`` and the query parser, is not
used anywhere.
"""

from __future__ import annotations

from typing import Any

from whoosh import analysis, fields, index, reading
from whoosh.filedb import filestore

Analyzer: Any = vars(analysis)["Analyzer"]  # one lineage does not declare its names public
Token: Any = vars(analysis)["Token"]
Schema: Any = fields.Schema
TextField: Any = fields.TEXT
SetField: Any = fields.ID
StoredField: Any = fields.STORED
FileIndex: Any = index.FileIndex
FileStorage: Any = filestore.FileStorage
SegmentReader: Any = reading.SegmentReader
TableOfContents: Any = index.TOC
