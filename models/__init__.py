"""The tables, and the engine that they live in. Knows nothing of Flask."""

from models.article import Article, Revision
from models.base import Base
from models.entity import Entity, EntityLink, EntityName, Mention
from models.fact import Fact, FactEntity
from models.index_job import IndexJob
from models.passage import Passage
from models.source import Source

__all__ = [
    "Article",
    "Base",
    "Entity",
    "EntityLink",
    "EntityName",
    "Fact",
    "FactEntity",
    "IndexJob",
    "Mention",
    "Passage",
    "Revision",
    "Source",
]
