"""Unit tests of the measurement of search."""
