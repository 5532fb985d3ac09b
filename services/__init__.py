"""Use cases. They own the transactions and know neither HTTP nor Whoosh."""
