"""Writes docs/reference/demo-routes.md from the demo city; ``--check`` only compares.

.venv/bin/python tools/routes_page.py [--check]
"""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from dutyroom.citypack import generate_city, read_pack
from dutyroom.cli.route_diagram import route_diagrams

PAGE: Final = Path(__file__).resolve().parent.parent / "docs" / "reference" / "demo-routes.md"
HEAD: Final = """# The routes of the demo city

Made from the demo city's `loop.json` by `tools/routes_page.py`. `dutyroom pack routes PACK` prints
the same of any city pack, and the page of stages shows it in the console. What a route is:
[city pack](city-pack.md).
"""


def page() -> str:
    """The whole page."""
    with TemporaryDirectory() as folder:
        generate_city(Path(folder), nodes=800, units=20, seed=1)
        return f"{HEAD}\n{route_diagrams(read_pack(Path(folder)), 'en')}\n"


def main() -> int:
    """0 if the page is as it should be."""
    made = page()
    if "--check" not in sys.argv[1:]:
        PAGE.write_text(made, encoding="utf-8")
        return 0
    if PAGE.exists() and PAGE.read_text(encoding="utf-8") == made:
        return 0
    print(f"{PAGE.name} is out of step: run .venv/bin/python tools/routes_page.py")
    return 1


if __name__ == "__main__":
    raise SystemExit(main())
