"""A room without the extras: it serves and calculates, and what it can't do names the one."""

import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from tests.harness.terminal import Finished

from dutyroom.machine.extras import EXTRAS, missing_extra

pytestmark = pytest.mark.unit
ROOT = Path(__file__).resolve().parents[2]
WITHOUT = f"""
import sys
class Missing:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {sorted(EXTRAS)!r}:
            raise ModuleNotFoundError("No module named " + repr(name), name=name)
sys.meta_path.insert(0, Missing())
"""
COMMAND = WITHOUT + "from dutyroom.cli.main import main; main(prog_name='dutyroom')"


def run(program: str, *arguments: str, home: Path, **environ: str) -> Finished:
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments], capture_output=True, text=True, check=False,
        env=os.environ | {"DUTYROOM_HOME": str(home)} | environ,
    )  # fmt: skip
    return Finished(done.returncode, done.stdout, done.stderr)


def test_each_extra_is_one_of_the_package() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert set(EXTRAS.values()) == project["optional-dependencies"].keys()


def test_an_import_of_something_else_is_our_fault_and_no_extra() -> None:
    assert (
        missing_extra(ModuleNotFoundError("No module named 'dutyroom.x'", name="dutyroom.x"))
        is None
    )
    assert missing_extra(ValueError()) is None


def test_a_room_needs_none_of_them(tmp_path: Path) -> None:
    room = (
        "import os; os.environ['DJANGO_SETTINGS_MODULE'] = 'dutyroom.site.settings'\n"
        "import django; django.setup()\n"
        "import dutyroom.site.asgi, dutyroom.api.router, dutyroom.actions.room\n"
        "import dutyroom.site.practice_room, dutyroom.practice.shift, dutyroom.learning.history\n"
    )
    done = run(WITHOUT + room, home=tmp_path / "home")
    assert done.code == 0, done


@pytest.mark.slow
def test_figures_are_calculated_without_and_files_name_the_extra(tmp_path: Path) -> None:
    city, home = str(tmp_path / "city"), tmp_path / "home"
    assert (
        run(COMMAND, "pack", "generate", city, "--nodes", "800", "--units", "20", home=home).code
        == 0
    )
    rehearse = ("rehearse", "run", city, "--replications", "2")
    done = run(COMMAND, *rehearse, "--json", home=home)
    assert (done.code, '"p90_s"' in done.out) == (0, True), done
    done = run(COMMAND, *rehearse, "--out", str(tmp_path / "out"), home=home)
    assert done.code == 2
    assert "pip install 'dutyroom[rehearsal]'" in done.err.splitlines()[-1]


def test_a_room_on_postgresql_names_its_extra(tmp_path: Path) -> None:
    done = run(
        COMMAND, "journal", "verify", home=tmp_path / "home",
        DUTYROOM_DATABASE="postgresql://somebody@localhost/dutyroom",
    )  # fmt: skip
    assert done.code == 2
    assert "pip install 'dutyroom[postgres]'" in done.err
    assert "Traceback" not in done.err
