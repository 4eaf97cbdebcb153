"""Writes src/dutyroom/site/pages.py from the console's pages; ``--check`` only compares.

.venv/bin/python tools/console_pages.py [--check]
"""

import re
import sys
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
MANIFEST: Final = ROOT / "console" / "src" / "pages.ts"
MADE: Final = ROOT / "src" / "dutyroom" / "site" / "pages.py"
ENTRY: Final = re.compile(r"^ {4}path: '/([a-z-]+)',$", re.MULTILINE)


def module(manifest: str) -> str:
    """The Python module that lists the paths of a manifest. Raises `ValueError` without any."""
    paths = sorted(ENTRY.findall(manifest))
    if not paths:
        raise ValueError(f"{MANIFEST}: no entry begins with its path")
    lines = "".join(f'    "{path}",\n' for path in paths)
    return (
        '"""The paths of the console\'s pages behind the sign-in.\n\n'
        'Made by tools/console_pages.py from console/src/pages.ts.\n"""\n\n'
        f"PAGES = (\n{lines})\n"
    )


def main() -> int:
    made = module(MANIFEST.read_text(encoding="utf-8"))
    if sys.argv[1:] != ["--check"]:
        MADE.write_text(made, encoding="utf-8")
        return 0
    if MADE.is_file() and MADE.read_text(encoding="utf-8") == made:
        return 0
    print(f"{MADE.relative_to(ROOT)} is old: .venv/bin/python tools/console_pages.py")
    return 1


if __name__ == "__main__":
    sys.exit(main())
