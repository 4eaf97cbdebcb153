"""What is imported stays, so nobody looks for garbage in it while a process begins."""

import gc
import subprocess
import sys
from collections.abc import Iterator

import pytest
from click.testing import CliRunner

from dutyroom.cli.main import main
from dutyroom.machine import garbage

pytestmark = pytest.mark.unit
USUAL = "import gc; print(gc.get_threshold())"


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    before = gc.get_threshold()
    yield
    gc.unfreeze()
    gc.set_threshold(*before)


def test_every_command_begins_so() -> None:
    gc.set_threshold(700)
    assert CliRunner().invoke(main, ["openapi", "--help"]).exit_code == 0
    assert gc.get_threshold()[0] > 10_000


def test_a_server_goes_on_as_python_does_but_not_at_what_is_there_by_then() -> None:
    garbage.seldom()
    garbage.as_usual()
    usual = subprocess.run(
        [sys.executable, "-c", USUAL], capture_output=True, text=True, check=True
    )
    assert usual.stdout.strip() == str(gc.get_threshold())
    assert gc.get_freeze_count() > 10_000
