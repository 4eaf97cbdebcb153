"""What README and docs show is run: every command in a process of its own, in the order shown, in a
home that was never used. A block that nobody runs fails the suite."""

import ast
import json
import re
import shlex
import tomllib
from pathlib import Path
from typing import Final

import click
import pytest
from tests.documents.blocks import DATA, ROOT, RUN, Block, blocks_of, commands_of, pages
from tests.documents.preconditions import PRECONDITIONS
from tests.harness.examples import by_night
from tests.harness.terminal import Terminal, is_server, session

from dutyroom.cli.main import main

BLOCKS: Final = [block for page in pages() for block in blocks_of(page)]
BY_NIGHT: Final = (
    "docs/guides/own-room.md",
    "docs/reference/city-pack.md",
    "docs/reference/contracts.md",
    "docs/reference/scenarios.md",
)
"""Pages whose blocks take some seconds: each command is run for itself at every commit, too."""
MEANT: Final = re.compile(r"`dutyroom ([^`]+)`")
OTHERS: Final = ("dutyroom ", "make ", "git ", "python ", "pip ", "uv ", "curl ")


class Reader:
    """Follows one page from its beginning, without doing anything twice."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._done: set[str] = set()
        self._begin()

    def _begin(self) -> None:
        self.person = Terminal(self._folder / f"work{len(self._done)}")
        self._met: set[str] = set()

    def follow(self, page: str, until: Block, *, deep: bool) -> None:
        """Run the page's blocks up to this one; those before it that take long only if ``deep``."""
        for block in (one for one in BLOCKS if one.page == page and one.line <= until.line):
            if block.name in self._done or "by" in block.said:
                continue
            if block is not until and "deep" in block.said and not deep:
                continue
            if "apart" in block.said:
                self._begin()
            self._done.add(block.name)
            self._run(block)

    def _run(self, block: Block) -> None:
        for need in block.needs:
            if need not in self._met:
                PRECONDITIONS[need](self.person)
                self._met.add(need)
        if "file" in block.said:
            (self.person.folder / block.said["file"]).write_text(block.text, encoding="utf-8")
        elif block.language == "python":
            (self.person.folder / "shown.py").write_text(block.text, encoding="utf-8")
            self.person.must("python shown.py")
        elif block.language == "sh":
            for line in commands_of(block):
                self._command(line)

    def _command(self, line: str) -> None:
        if is_server(line):
            with self.person.serving(line) as address:
                assert session(address)["room"]["title"]["en"]
        else:
            self.person.must(line)


@pytest.fixture(scope="module")
def readers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Reader]:
    return _readers(tmp_path_factory)


@pytest.fixture(scope="module")
def patient_readers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Reader]:
    """They leave nothing out, so that others must not have gone ahead of them in their folder."""
    return _readers(tmp_path_factory)


def _readers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Reader]:
    return {
        page: Reader(tmp_path_factory.mktemp(Path(page).stem))
        for page in {block.page for block in BLOCKS}
    }


def shown(*, deep: bool) -> list[pytest.param]:  # type: ignore[valid-type]
    return [
        (by_night if block.page in BY_NIGHT else pytest.param)(block, id=block.name)
        for block in BLOCKS
        if block.language in RUN and "by" not in block.said and ("deep" in block.said) == deep
    ]


@pytest.mark.slow
@pytest.mark.parametrize("block", shown(deep=False))
def test_a_block_does_what_it_shows(readers: dict[str, Reader], block: Block) -> None:
    readers[block.page].follow(block.page, block, deep=False)


@pytest.mark.deep
@pytest.mark.parametrize("block", shown(deep=True))
def test_a_block_that_takes_long_does_what_it_shows(
    patient_readers: dict[str, Reader], block: Block
) -> None:
    patient_readers[block.page].follow(block.page, block, deep=True)


@pytest.mark.parametrize("block", BLOCKS, ids=[block.name for block in BLOCKS])
def test_a_block_says_what_it_is_and_no_command_hides_in_another(block: Block) -> None:
    assert block.language in (*RUN, *DATA), f"{block.name}: a block needs a language: sh, text ..."
    unknown = block.said.keys() - {"needs", "file", "deep", "apart", "by"}
    assert not unknown, f"{block.name}: {unknown}"
    assert set(block.needs) <= set(PRECONDITIONS), block.name
    if block.language in DATA:
        hidden = [line for line in block.text.splitlines() if line.strip().startswith(OTHERS)]
        assert not hidden, f"{block.name}: mark a block of commands as sh"


@pytest.mark.parametrize("block", [one for one in BLOCKS if "by" in one.said], ids=str)
def test_the_test_that_runs_a_block_is_there(block: Block) -> None:
    file, _, name = block.said["by"].partition("::")
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    assert name in {one.name for one in ast.walk(tree) if isinstance(one, ast.FunctionDef)}


@pytest.mark.parametrize("block", [b for b in BLOCKS if b.language in ("json", "toml")], ids=str)
def test_data_that_is_shown_can_be_read(block: Block) -> None:
    if "..." in block.text or "<uuid" in block.text:
        pytest.skip("a part of a file")
    json.loads(block.text) if block.language == "json" else tomllib.loads(block.text)


def commands_meant() -> list[tuple[str, str]]:
    """Every `dutyroom ...` of a page: in its blocks, and in its sentences."""
    found = []
    for page in pages():
        name = page.relative_to(ROOT).as_posix()
        prose = re.sub(r"\s+", " ", page.read_text(encoding="utf-8"))
        found += [(name, words) for words in MEANT.findall(prose)]
        for block in blocks_of(page):
            if block.language == "sh":
                lines = [line for line in commands_of(block) if line.startswith("dutyroom ")]
                found += [(name, line.removeprefix("dutyroom ")) for line in lines]
    return found


@pytest.mark.parametrize(("page", "words"), commands_meant())
def test_a_command_that_is_named_is_there_with_its_options(page: str, words: str) -> None:
    command: click.Command = main
    for word in shlex.split(words, comments=True):
        if isinstance(command, click.Group) and not word.startswith("-"):
            if word in command.commands:
                command = command.commands[word]
                continue
            assert word.isupper() or "-" in word or word == "…", f"{page}: {words}: no {word}"
            return
        if word.startswith("--"):
            options = {name for one in command.params for name in (*one.opts, *one.secondary_opts)}
            assert word.partition("=")[0] in {*options, "--help"}, f"{page}: {words}"
