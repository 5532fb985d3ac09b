"""Published systems beside ours on the same annotated articles, in environments of their own: ``make peers``."""
