"""The fenced blocks of README and docs, with what is said of them.

A block says what the tests must know of it in a comment on the line before its fence, which no
reader of the page sees: ``<!-- tested: deep; needs week, stations -->``.

| said | meaning |
|---|---|
| `needs NAME, NAME` | preconditions, by the names in `preconditions.py` |
| `file NAME` | the block is this file's content: it lies where the commands of the page are run |
| `deep` | it takes long: run in `make test-deep` only |
| `apart` | begins in a new home and a new folder |
| `by tests/FILE.py::NAME` | that test runs it |
"""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
RUN: Final = ("sh", "python")
DATA: Final = ("json", "toml", "csv", "text", "http", "mermaid")
"""Languages of blocks that are no commands."""
_FENCE: Final = re.compile(r"^ *```(.*)$")
_SAID: Final = re.compile(r"^<!-- tested: (.*) -->$")


@dataclass(frozen=True)
class Block:
    """``page`` is its address from the root; ``line`` the number of its fence's line."""

    page: str
    line: int
    language: str
    text: str
    said: dict[str, str]

    @property
    def name(self) -> str:
        return f"{self.page}:{self.line}"

    @property
    def needs(self) -> list[str]:
        return [word.strip() for word in self.said.get("needs", "").split(",") if word.strip()]


def pages() -> list[Path]:
    """README and every page of the documentation."""
    return [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]


def blocks_of(page: Path) -> list[Block]:
    """In their order. An open fence at the end of the page is an error."""
    found: list[Block] = []
    before, begun, language, inside = "", 0, "", list[str]()
    name = page.relative_to(ROOT).as_posix() if page.is_relative_to(ROOT) else page.name
    for number, line in enumerate(page.read_text(encoding="utf-8").splitlines(), 1):
        fence = _FENCE.match(line)
        if not begun and fence:
            begun, language, inside = number, fence[1].strip(), []
            said = _SAID.match(before)
        elif begun and fence:
            text = "\n".join(inside) + "\n"
            found.append(Block(name, begun, language, text, _parts(said[1] if said else "")))
            begun, line = 0, ""
        elif begun:
            inside.append(line)
        elif "tested:" in before and not fence and before.startswith("<!--"):
            raise ValueError(f"{name}:{number - 1}: no block follows {before}")
        before = line
    if begun:
        raise ValueError(f"{name}:{begun}: the block has no end")
    return found


def commands_of(block: Block) -> list[str]:
    """The lines of a block for the shell; a line that ends with a backslash goes on."""
    joined = block.text.replace("\\\n", " ")
    return [line for line in joined.splitlines() if line.strip() and not line.startswith("#")]


def _parts(said: str) -> dict[str, str]:
    parts = [part.strip().partition(" ") for part in said.split(";") if part.strip()]
    return {key: rest.strip() for key, _, rest in parts}
