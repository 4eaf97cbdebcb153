"""How SQLite is opened. Durability hangs on these lines: the power-cut tests use them too."""

from typing import Final

PRAGMAS: Final = (
    "PRAGMA journal_mode=WAL;"
    "PRAGMA synchronous=FULL;"  # NORMAL loses acknowledged commits in a power cut
    "PRAGMA busy_timeout=15000;"
    "PRAGMA foreign_keys=ON;"
    "PRAGMA secure_delete=ON;"
    "PRAGMA cache_size=-65536;"
)
