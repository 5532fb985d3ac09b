"""Language packs: what differs by language is data and small classes here; nothing else knows it."""
