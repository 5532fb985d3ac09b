"""A small grammar for languages that put the subject before the verb and prepositions before the noun.

It knows no language: closed classes, verbs with their endings and suffixes are tables of the language pack, in its
folder ``grammar``. It finds less than a parser does, and says nothing where its rules are not sure.
"""
