"""Text in, frozen dataclasses out: passages, mentions and facts, each with its span.

Pure: no database, no Flask, no clock, no network. The only state is a language model, loaded once per process.
"""
