"""One blueprint per noun."""

from api.resources.articles import articles
from api.resources.citations import citations
from api.resources.docs import docs
from api.resources.entities import entities
from api.resources.extraction import extraction
from api.resources.facts import facts
from api.resources.search import search
from api.resources.sources import sources
from api.resources.suggestions import suggestions
from api.resources.system import system

BLUEPRINTS = (articles, extraction, search, suggestions, facts, entities, citations, sources, system, docs)

__all__ = ["BLUEPRINTS"]
