"""Statements in the words of SQLite."""

from functools import lru_cache
from typing import Any

from django.db.backends.sqlite3.base import FORMAT_QMARK_REGEX, SQLiteCursorWrapper


class Prepared(SQLiteCursorWrapper):
    """The journal's writer has the same few statements for all its work: each is put into words
    once. Django does it anew each time, which takes as long as SQLite does."""

    def convert_query(self, query: str, *, param_names: Any = None) -> str:
        if param_names is not None:
            return str(super().convert_query(query, param_names=param_names))
        return _in_words(query)


@lru_cache(maxsize=1024)
def _in_words(query: str) -> str:
    return FORMAT_QMARK_REGEX.sub("?", query).replace("%%", "%")
