"""One throw-away home and database for the whole run; each test that asks gets them empty.

Where several processes share the tests (`pytest -n`), each has a home and a database of its own.
"""

import gc
import os
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from dutyroom.machine import garbage
from tests.harness import templates
from tests.harness.answers import watch as watch_answers
from tests.harness.examples import DEEP, load_profile
from tests.harness.postgres import throw_away_server

load_profile()
garbage.seldom()

_PG = pytest.StashKey[Iterator[str]]()
_HOME = pytest.StashKey["tempfile.TemporaryDirectory[str]"]()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--database",
        choices=["sqlite", "postgresql"],
        default="sqlite",
        help="where tests marked db keep their journal",
    )


def pytest_configure(config: pytest.Config) -> None:
    folder = tempfile.TemporaryDirectory(prefix="dutyroom-test-")
    config.stash[_HOME] = folder
    os.environ["DUTYROOM_HOME"] = str(Path(folder.name) / "home")
    os.environ["DUTYROOM_DATABASE"] = ""
    if not hasattr(config, "workerinput"):
        os.environ[templates.FOLDER] = str(Path(folder.name) / "templates")
        Path(os.environ[templates.FOLDER]).mkdir()
    os.environ["DJANGO_SETTINGS_MODULE"] = "dutyroom.site.settings"
    if config.getoption("--database") == "postgresql" and not _only_shares_out(config):
        # Beside the home: the server opens the folders above it to its own user.
        server = throw_away_server(Path(folder.name) / "postgres", synced=False)
        os.environ["DUTYROOM_DATABASE"] = next(server)
        config.stash[_PG] = server
    import django

    django.setup()
    watch_answers()
    from tests.harness import front
    from tests.harness.passwords import hash_quickly

    hash_quickly()
    front.share()


def _only_shares_out(config: pytest.Config) -> bool:
    """Is this the process that gives the tests to others, and runs none?"""
    return bool(config.getoption("numprocesses", None)) and not hasattr(config, "workerinput")


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """A file without any test of the mark that is asked for needn't be read: that takes seconds."""
    if collection_path.suffix != ".py" or not collection_path.name.startswith("test_"):
        return None
    asked = [part for part in config.getoption("markexpr").split(" and ") if part.isidentifier()]
    text = collection_path.read_text(encoding="utf-8")
    return True if any(f"mark.{name}" not in text for name in asked) else None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Tests marked deep wait for `make test-deep`, on PostgreSQL those marked deep_on_postgresql, too.
    Where several processes share the tests, files with slow ones come first and the longest of them
    before the others, so that no process is left with one at the end."""
    if not DEEP:
        postgresql = config.getoption("--database") == "postgresql"
        later = {item: _waits(item, postgresql) for item in items}
        config.hook.pytest_deselected(items=[item for item in items if later[item]])
        items[:] = [item for item in items if not later[item]]
    if hasattr(config, "workerinput"):
        slow = Counter(item.path for item in items if item.get_closest_marker("slow"))
        long = {item.path for item in items if item.get_closest_marker("long")}
        items.sort(key=lambda item: (item.path not in long, -slow[item.path]))


def pytest_collection_finish() -> None:
    """Modules and tests stay to the end: nobody need look for garbage among them."""
    gc.freeze()


def _waits(item: pytest.Item, postgresql: bool) -> bool:
    """Is this one for the night?"""
    marked = item.get_closest_marker
    everywhere = marked("deep") is not None
    there = marked("deep_on_postgresql") is not None and marked("each_commit") is None
    return everywhere or (postgresql and there)


def pytest_unconfigure(config: pytest.Config) -> None:
    server = config.stash.get(_PG, None)
    if server is not None:
        from django.db import connections

        connections.close_all()
        next(server, None)
    config.stash[_HOME].cleanup()


def pytest_report_header(config: pytest.Config) -> str:
    how = "deep: new examples, and more" if DEEP else "a commit's examples, the same each time"
    database = config.getoption("--database")
    return f"database: {database}, home: {os.environ['DUTYROOM_HOME']}, {how}"


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Real recorded data beside the checkout; tests on it are skipped where it is absent."""
    folder = Path(__file__).resolve().parents[2] / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("no ../shared/data here: tests on real recorded data are skipped")
    return folder


pytest_plugins = ["tests.harness.rooms", "tests.harness.duty"]
