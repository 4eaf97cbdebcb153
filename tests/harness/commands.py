"""`dutyroom` in a process of its own, with nothing of the tests' own."""

import os
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.harness import templates
from tests.harness.forked import Forked


@dataclass(frozen=True, slots=True)
class Finished:
    """What a command left on the screen, and how it ended."""

    code: int
    out: str
    err: str

    def __str__(self) -> str:
        return f"exit code {self.code}\n{self.out}\n{self.err}"


def environment(home: Path | None, **more: str) -> dict[str, str]:
    """A person's: no variable of ours but ``home`` and what is named."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("DUTYROOM_")}
    clean.pop("DJANGO_SETTINGS_MODULE", None)
    return clean | ({} if home is None else {"DUTYROOM_HOME": str(home)}) | more


def dutyroom(
    *arguments: str, home: Path | None, cwd: Path | None = None, **environ: str
) -> Finished:
    """Run a command to its end."""
    return finished(arguments, environment(home, **environ), cwd)


def finished(
    arguments: Sequence[str],
    environ: Mapping[str, str],
    cwd: Path | None = None,
    stdin: Path | None = None,
) -> Finished:
    """Run `dutyroom`, or Python with `-c` or `-m`, in exactly this environment to its end."""
    with tempfile.TemporaryDirectory() as folder:
        out, err = Path(folder, "out"), Path(folder, "err")
        code = Forked(arguments, environ, cwd=cwd, out=out, err=err, stdin=stdin).wait(timeout=300)
        return Finished(code, out.read_text("utf-8"), err.read_text("utf-8"))


def room_with_a_pack(home: Path) -> Path:
    """A home in which a small city is in force; commands have made it once in this run."""

    def prepare(home: Path, _database: str) -> str:
        city = str(home.with_name("city"))
        for words in (("generate", city, "--nodes", "800"), ("adopt", city)):
            done = dutyroom("pack", *words, home=home)
            assert done.code == 0, done
        return ""

    templates.copy(__name__, home, "", prepare)
    return home
