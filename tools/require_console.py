"""Hatchling asks this before it builds: a wheel or an sdist without the console is refused."""

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class RequireConsole(BuildHookInterface[Any]):
    """The console is built by npm, and not kept in the repository."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Refuse what would have no console; work on the checkout itself needs none."""
        page = Path(self.root, "src", "dutyroom", "site", "console", "index.html")
        if version != "editable" and not page.is_file():
            raise SystemExit("the console has not been built. Run: make console")
