"""The tables, and the engine that they live in. Knows nothing of Flask."""
