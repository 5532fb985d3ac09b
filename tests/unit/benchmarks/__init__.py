"""Unit tests of the measurements."""
