"""The files of a city pack: which there are, their bytes, their text and the pack's hash."""

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from dutyroom.reading.problems import ProblemList

REQUIRED: Final = (
    "city.json",
    "clocks.json",
    "places.csv",
    "plans.json",
    "prompts.json",
    "stations.csv",
    "streets.csv",
    "travel.json",
    "units.csv",
    "vocabulary.json",
    "zones.geojson",
)
ROADS: Final = ("roads/arcs.csv", "roads/nodes.csv")
OPTIONAL: Final = (
    "README.md",
    "SOURCE.txt",
    "agreements.json",
    "basemap.geojson",
    "desks.json",
    "holidays.csv",
    "loop.json",
    "org.csv",
)


class PackFiles:
    """Reads each file of a folder once; problems with bytes and names go to the list."""

    def __init__(self, folder: Path, problems: ProblemList) -> None:
        self.folder = folder
        self.problems = problems
        self._bytes: dict[str, bytes] = {}
        self._looked_at: set[str] = set()
        present = sorted(
            path.relative_to(folder).as_posix()
            for path in folder.rglob("*")
            if path.is_file() and not path.name.startswith(".")
        )
        for name in present:
            if name in REQUIRED or name in ROADS or name in OPTIONAL:
                self._bytes[name] = (folder / name).read_bytes()
            else:
                problems.add(name, None, "not a file of a city pack", "Remove or rename it")

    def __contains__(self, name: str) -> bool:
        return name in self._bytes

    def text(self, name: str) -> str | None:
        """The text of a file, or None after noting why there is none."""
        if name in self._bytes:
            return self._decode(name, self._bytes[name])
        if name not in self._looked_at:
            self._looked_at.add(name)
            self.problems.add(name, None, "the file is missing", "Add it to the folder of the pack")
        return None

    def hash(self) -> str:
        """The pack's hash, from all its files."""
        return hash_of_files(self._bytes.items())

    def _decode(self, name: str, content: bytes) -> str | None:
        if content.startswith(b"\xef\xbb\xbf"):
            self.problems.add(
                name, 1, "the file begins with a byte-order mark", "Save it as UTF-8 without BOM"
            )
            content = content[3:]
        try:
            return content.decode("utf-8")
        except UnicodeDecodeError as error:
            line = content.count(b"\n", 0, error.start) + 1
            self.problems.add(name, line, "the text is not UTF-8", "Save the file as UTF-8")
            return None


def hash_of_files(files: Iterable[tuple[str, bytes]]) -> str:
    """SHA-256 over one line ``path,size,SHA-256`` per file, sorted by path, each ended by LF."""
    lines = (
        f"{path},{len(content)},{hashlib.sha256(content).hexdigest()}\n"
        for path, content in sorted(files)
    )
    return hashlib.sha256("".join(lines).encode()).hexdigest()
