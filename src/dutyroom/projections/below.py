"""Paths of organisations in questions to the database: one, and all below it, by an index."""

from typing import Any

from django.db.models import CharField, Lookup, Q, TextField
from django.db.models.lookups import StartsWith


def lies_within(org: str, column: str = "org") -> Q:
    """What is of an organisation or lies below it; everything, for the room."""
    return Q(**{column: org}) | Q(**{f"{column}__below": org}) if org else Q()


@CharField.register_lookup
@TextField.register_lookup
class Below(Lookup):
    """Whether a path begins with another one and a slash, byte by byte.

    PostgreSQL goes by an index with ``text_pattern_ops`` for LIKE. SQLite's LIKE takes small
    letters for capitals and goes by no index; the span of such texts does.
    """

    lookup_name = "below"

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        column, params = self.process_lhs(compiler, connection)
        span = (*params, f"{self.rhs}/", *params, f"{self.rhs}0")  # "0" comes after "/"
        return f"({column} >= %s AND {column} < %s)", span

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        sql, params = StartsWith(self.lhs, f"{self.rhs}/").as_sql(compiler, connection)
        return sql, tuple(params)
