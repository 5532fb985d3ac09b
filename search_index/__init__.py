"""The full-text index: text in, ids out. The only package that knows Whoosh."""
