"""Tests of numbers, quantities and times."""
