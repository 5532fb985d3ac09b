"""The parts of Whoosh in use, which its lineages have in common; only this module imports it.

They are untyped here on purpose: one lineage ships types and another none, and the project runs on both (see
docs/adr/0003-whoosh-lineage.md). ``refresh`` and the query parser are not used anywhere.
"""

from __future__ import annotations

from typing import Any

from whoosh import fields, formats, index, reading, writing
from whoosh.codec import base
from whoosh.filedb import filestore
from whoosh.matching import mcore
from whoosh.util import numeric

Schema: Any = fields.Schema
FieldType: Any = fields.FieldType
StoredField: Any = fields.STORED
Existence: Any = formats.Existence
Frequency: Any = formats.Frequency
Positions: Any = formats.Positions
FileIndex: Any = index.FileIndex
FileStorage: Any = filestore.FileStorage
SegmentReader: Any = reading.SegmentReader
TermInfo: Any = reading.TermInfo
TableOfContents: Any = index.TOC
IndexWriter: Any = writing.IndexWriter
clean_files: Any = index.clean_files
Codec: Any = base.Codec
Segment: Any = base.Segment
TermsReader: Any = base.TermsReader
PerDocumentReader: Any = base.PerDocumentReader
FieldCursor: Any = base.FieldCursor
ListMatcher: Any = mcore.ListMatcher

byte_to_length: Any = numeric.byte_to_length
length_to_byte: Any = numeric.length_to_byte
