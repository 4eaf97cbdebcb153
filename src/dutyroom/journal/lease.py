"""A lease: of all processes of a room one at a time does a piece of standing work.

It saves work and is no lock: who was held up may act although another has taken over. What is done
under a lease must therefore be right when it is done twice.
"""

from dutyroom.journal.transactions import writing

_TAKE = (
    "INSERT INTO journal_journallease (name, holder, until_ms) VALUES (%s, %s, %s)"
    " ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until_ms = excluded.until_ms"
    " WHERE journal_journallease.holder = excluded.holder"
    " OR journal_journallease.until_ms < %s"
)
_GIVE_BACK = "DELETE FROM journal_journallease WHERE name = %s AND holder = %s"


def take(name: str, holder: str, now_ms: int, for_ms: int) -> bool:
    """Take the lease, or hold on to it, until `now_ms` + `for_ms`; False while another has it.

    Raises `DatabaseError` if the database can't write.
    """
    with writing() as cursor:
        cursor.execute(_TAKE, [name, holder, now_ms + for_ms, now_ms])
        return bool(cursor.rowcount == 1)


def give_back(name: str, holder: str) -> None:
    """Another may take it at once. Raises `DatabaseError` if the database can't write."""
    with writing() as cursor:
        cursor.execute(_GIVE_BACK, [name, holder])
