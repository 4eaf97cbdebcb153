"""The pure parts read no clock and no global random generator: both are passed in."""

import ast
import sys
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent / "src" / "dutyroom"
PURE: Final = (
    "core", "reading", "clocks", "domain", "citypack", "dispatch", "rehearsal", "policy",
)  # fmt: skip
CLOCKS: Final = {"time", "time_ns", "now", "utcnow", "today", "monotonic", "perf_counter"}
MODULES: Final = {"random", "secrets"}


def offences(file: Path) -> list[str]:
    """Each line of a file that reads a clock or imports a global random generator."""
    found = []
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        match node:
            case ast.Import(names=names):
                bad = {one.name for one in names} & (MODULES | {"time"})
            case ast.ImportFrom(module="random", names=[ast.alias(name="Random")]):
                continue  # a generator of one's own, seeded by the caller
            case ast.ImportFrom(module=str(module)):
                bad = {module} & (MODULES | {"time"})
            case ast.Call(func=ast.Attribute(value=ast.Name(id="datetime" | "date"), attr=attr)):
                bad = {attr} & CLOCKS
            case ast.Call(func=ast.Attribute(value=ast.Attribute(attr="random"), attr=attr)):
                bad = {attr} - {"default_rng", "Generator", "SeedSequence", "PCG64", "Philox"}
            case _:
                continue
        found += [f"{file}:{node.lineno}: {name}" for name in sorted(bad)]
    return found


def main() -> int:
    """Print the offences; 1 if there are any."""
    found = [
        one
        for folder in PURE
        for file in sorted((ROOT / folder).rglob("*.py"))
        for one in offences(file)
    ]
    print("\n".join(found) or "pure")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
