"""The deadlines of all kinds of record: whom the keeper tells of them, and what was told."""
