"""The engines compared, each behind one small class."""
