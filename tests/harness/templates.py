"""Rooms for servers under test: prepared once in a run, and copied for each that asks for one."""

import fcntl
import hashlib
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import psycopg

FOLDER: Final = "TESTS_TEMPLATES"
"""The variable with the run's folder of templates; all processes that share the tests have it."""


def copy(
    module: str,
    home: Path,
    database: str,
    prepare: Callable[[Path, str], str],
    *,
    other: bool = False,
) -> str:
    """Make ``home`` and ``database`` what the module ``prepare`` makes of empty ones; returns what
    it printed. A copy has the room's id and keys too: it is the same room once more, or the ``other``
    one."""
    made_of = f"{module} {_called(database, '')}{' other' if other else ''}"
    name = "template_" + hashlib.sha256(made_of.encode()).hexdigest()[:16]
    template = Path(os.environ[FOLDER]) / name
    said = template / "said"
    with _alone(template.with_suffix(".lock")):
        if not said.exists():
            shutil.rmtree(template, ignore_errors=True)  # somebody was stopped in the middle
            template.mkdir()
            if database:
                _ask(database, f"DROP DATABASE IF EXISTS {name}", f"CREATE DATABASE {name}")
            printed = prepare(template / "home", _called(database, name) if database else "")
            said.write_text(printed, encoding="utf-8")
        shutil.copytree(template / "home", home)
        if database:
            own = urlsplit(database).path.strip("/")
            _ask(database, f"DROP DATABASE {own}", f"CREATE DATABASE {own} TEMPLATE {name}")
    return said.read_text(encoding="utf-8")


def _called(address: str, name: str) -> str:
    """The address of another database on the same server."""
    return urlsplit(address)._replace(path=f"/{name}").geturl()


def _ask(address: str, *commands: str) -> None:
    with psycopg.connect(_called(address, "postgres"), autocommit=True) as admin:
        for command in commands:
            admin.execute(command)


@contextmanager
def _alone(lock: Path) -> Iterator[None]:
    """Nobody else of this run is in here at the same time."""
    with lock.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
