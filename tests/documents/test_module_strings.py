"""A module that is named in a string counts as an import: it points down, too."""

import ast
import re
import tomllib
from pathlib import Path

import pytest

pytestmark = pytest.mark.unit
ROOT = Path(__file__).resolve().parents[2]
SRC = ROOT / "src" / "dutyroom"
NAME = re.compile(r"dutyroom\.([a-z_]+)((?:\.[a-z_]+)*)(?:\.[A-Z]\w+|:\w+)?")


def heights() -> dict[str, int]:
    """Each folder of the house by the layer that it is in, the highest first."""
    rules = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    layers = rules["tool"]["importlinter"]["contracts"][0]["layers"]
    return {
        folder: -number
        for number, layer in enumerate(layers)
        for folder in re.findall(r"dutyroom\.(\w+)", layer)
    }


def named(file: Path) -> list[tuple[int, str]]:
    """The folders of the modules that strings of the file name, with their lines."""
    return [
        (node.lineno, match[1])
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        if (match := NAME.fullmatch(node.value)) and (SRC / match[1]).is_dir()
    ]


def test_no_string_names_a_module_further_up() -> None:
    height = heights()
    up = [
        f"{file.relative_to(ROOT)}:{line}: {folder}"
        for file in sorted(SRC.rglob("*.py"))
        for line, folder in named(file)
        if height[folder] > height.get(file.relative_to(SRC).parts[0], 1)
    ]
    assert up == []


def test_it_finds_them(tmp_path: Path) -> None:
    file = tmp_path / "one.py"
    file.write_text('run(["dutyroom.site.practice_room", "serve"])\nlog("dutyroom.nowhere")\n')
    assert named(file) == [(1, "site")]


def test_every_folder_is_in_the_house() -> None:
    folders = {one.parent.name for one in SRC.glob("*/__init__.py")}
    assert folders <= heights().keys()
