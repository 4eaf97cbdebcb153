"""Every English text of the project with its Chinese, and every Chinese line, found in the files."""

import ast
import itertools
import json
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).parents[2]
CATALOGUES: Final = ROOT / "console/src/i18n"
HAN: Final = re.compile(r"[\u3400-\u9fff]")


_OF_CALLERS: Final = ("place_words.py",)
"""Files of the many words that callers have for one thing."""


@dataclass(frozen=True, slots=True)
class Pair:
    """An English text, its Chinese, and where it was found."""

    where: str
    en: str
    zh: str


def catalogue_pairs() -> Iterator[Pair]:
    """The messages of the console, by key."""
    for path in sorted((CATALOGUES / "zh").glob("*.json")):
        zh = json.loads(path.read_text("utf-8"))
        en = json.loads((CATALOGUES / "en" / path.name).read_text("utf-8"))
        yield from (Pair(key, en[key], zh[key]) for key in en)


def data_pairs() -> Iterator[Pair]:
    """Vocabulary, questions and contracts: whatever has both ``en`` and ``zh``."""
    package = ROOT / "src/dutyroom"
    for path in sorted([*package.rglob("*.json"), *package.rglob("*.toml")]):
        text = path.read_text("utf-8")
        value = json.loads(text) if path.suffix == ".json" else tomllib.loads(text)
        yield from _within(value, str(path.relative_to(ROOT)))


def _within(value: Any, where: str) -> Iterator[Pair]:
    if isinstance(value, dict):
        if isinstance(value.get("en"), str) and isinstance(value.get("zh"), str):
            yield Pair(f"{where} {value.get('code', '')}".strip(), value["en"], value["zh"])
        for one in value.values():
            yield from _within(one, where)
    elif isinstance(value, list):
        for one in value:
            yield from _within(one, where)


def source_pairs() -> Iterator[Pair]:
    """In Python an English text stands right before its Chinese: in a call, a tuple or a list."""
    for path in sorted((ROOT / "src/dutyroom").rglob("*.py")):
        where = str(path.relative_to(ROOT))
        if path.name in _OF_CALLERS:
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                parts = node.args
            elif isinstance(node, ast.Tuple | ast.List):
                parts = node.elts
            elif isinstance(node, ast.Dict):
                parts = node.values
            else:
                continue
            said = [_text(part) for part in parts]
            for en, zh in itertools.pairwise(said):
                if en and zh and HAN.search(zh) and not HAN.search(en):
                    yield Pair(f"{where}:{node.lineno}", en, zh)


def _text(node: ast.expr) -> str | None:
    """A text of the source, with what is filled in as ``{}``."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(
            str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values
        )
    return None


def all_pairs() -> list[Pair]:
    """All of them."""
    return [*catalogue_pairs(), *data_pairs(), *source_pairs()]


def chinese_lines() -> Iterator[tuple[str, str]]:
    """Every line with Chinese in source, console and documents, and where it stands."""
    folders = ("src/dutyroom", "console/src", "docs")
    endings = {".py", ".json", ".toml", ".ts", ".svelte", ".md", ".html"}
    files = [path for folder in folders for path in sorted((ROOT / folder).rglob("*"))]
    for path in [ROOT / "README.md", ROOT / "CHANGELOG.md", *files]:
        if path.suffix in endings and not path.name.endswith(".test.ts"):
            for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
                if HAN.search(line):
                    yield f"{path.relative_to(ROOT)}:{number}", line
