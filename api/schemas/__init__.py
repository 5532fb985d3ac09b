"""Wire shapes, one named class each."""
