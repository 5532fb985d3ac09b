"""Unit tests of the extraction."""
