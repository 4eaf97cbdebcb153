"""Reading a CSV file record by record, whatever is in it: a damaged record costs one record.

Python's `csv` reads one record at a time here. What it can't do is to get over a quote that is
never closed (the rest of the file becomes one cell), over bytes that are not text, or over a cell
without end; so records are cut first, as bytes.
"""

import csv
import gzip
import hashlib
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Final, Protocol, Self

LONGEST_RECORD: Final = 100_000
"""Bytes. Below the limit of Python's `csv` for one cell, so that no setting need be changed."""
MOST_LINES: Final = 20
"""Lines that one record may go over; beyond that its quote was never meant to be open."""
_BOM: Final = b"\xef\xbb\xbf"
_GZIP: Final = b"\x1f\x8b"
_NOT_TEXT: Final = "\ufffd"


class FileRefused(Exception):
    """The file as a whole can't be read by this contract; says what to do. Nothing was changed."""


@dataclass(frozen=True, slots=True)
class Record:
    """One record below the header. ``number`` counts records from 1, ``line`` is the file's line.

    ``cells`` is None where it can't be read; then ``problem`` is a reason of `reasons.QUARANTINE`.
    ``mark`` stands for its bytes.
    """

    number: int
    line: int
    cells: list[str] | None
    problem: str
    mark: str


def mark_of(raw: bytes) -> str:
    """A short mark that stands for these bytes: SHA-256, its first 96 bits."""
    return hashlib.sha256(raw).hexdigest()[:24]


class _Stream(Protocol):
    def readline(self, size: int, /) -> bytes: ...

    def close(self) -> None: ...


class RecordFile:
    """A CSV file (plain or gzip, UTF-8) as `header` and records; empty lines are none.

    A record whose quote stays open, or that closes it at the wrong number of cells, is damaged on
    its first line, and reading goes on with the line after it. One with bytes that are no text is
    as long as its quotes say. Raises `FileRefused`, on opening or
    on the way, where nobody can know what else was in the file.
    """

    def __init__(self, file: Path) -> None:
        self._name = file.name
        self._count = 0
        if not file.is_file():
            raise FileRefused(f"there is no file {file}")
        try:
            with file.open("rb") as start:
                packed = start.read(len(_GZIP)) == _GZIP
            self._stream: _Stream = gzip.open(file) if packed else file.open("rb")  # noqa: SIM115 (closed with self)
        except OSError as error:
            raise FileRefused(f"{file} can't be opened: {error.strerror}") from error
        self._lines = _Lines(self._stream)

    def __enter__(self) -> Self:
        first = self._next(0)
        if first is None:
            self._stream.close()
            raise FileRefused(f"{self._name} is empty")
        if first.cells is None:
            self._stream.close()
            raise FileRefused(
                f"{self._name}:1: the names of the columns can't be read ({first.problem}). "
                "Is it a CSV file in UTF-8? Nothing was imported"
            )
        self.header = first.cells
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._stream.close()

    def __iter__(self) -> Iterator[Record]:
        while record := self._next(len(self.header)):
            yield record

    def _next(self, width: int) -> Record | None:
        """The next record; ``width`` is how many cells it must have, 0 for any number."""
        try:
            while (first := self._lines.take()) and not first.strip():
                pass
            if not first:
                return None
            line = self._lines.number
            raw, cells, problem = _whole(self._lines, first, width)
        except (OSError, EOFError, zlib.error) as error:
            raise FileRefused(
                f"{self._name} breaks off or is damaged after {max(0, self._count - 1)} rows "
                f"({error}). Nothing was imported: fetch the file again"
            ) from error
        number, self._count = self._count, self._count + 1
        return Record(number, line, cells, problem, mark_of(raw))


class _Lines:
    """Lines that can be put back."""

    def __init__(self, stream: _Stream) -> None:
        self._stream = stream
        self._back: list[bytes] = []
        self.number = 0

    def take(self) -> bytes:
        """The next line with its end, b"" after the last; an endless one is cut at the limit."""
        line = self._back.pop() if self._back else self._read()
        self.number += bool(line)
        return line.removeprefix(_BOM) if self.number == 1 else line

    def _read(self) -> bytes:
        line = self._stream.readline(LONGEST_RECORD)
        rest = line
        while len(rest) == LONGEST_RECORD and not rest.endswith(b"\n"):
            rest = self._stream.readline(LONGEST_RECORD)
        return line

    def put_back(self, lines: list[bytes]) -> None:
        """These lines are taken next, once more."""
        self._back += reversed(lines)
        self.number -= len(lines)


type _Read = tuple[bytes, list[str] | None, str]
"""The bytes of a record, its cells, and what is the matter where there are none."""


def _whole(lines: _Lines, first: bytes, width: int) -> _Read:
    """The record that begins with this line, if need be with the lines after it."""
    if first.count(b'"') % 2 == 0 or len(first) >= LONGEST_RECORD:
        return _parse(first, width)
    more: list[bytes] = []
    while len(more) < MOST_LINES and (line := lines.take()):
        more.append(line)
        if line.count(b'"') % 2 == 1:
            whole = _parse(first + b"".join(more), width)
            if whole[1] is not None or whole[2] == "unreadable":
                return whole
            break
    lines.put_back(more)
    return first, None, "broken_quotes"


def _parse(raw: bytes, width: int) -> _Read:
    if len(raw) >= LONGEST_RECORD:
        return raw, None, "too_long"
    text = raw.decode("utf-8", errors="replace").rstrip("\r\n").replace("\x00", _NOT_TEXT)
    try:
        [cells] = csv.reader([text])
    except (csv.Error, ValueError):  # a lone carriage return breaks a line where none should be
        return raw, None, "unreadable"
    if width and len(cells) != width:
        return raw, None, "wrong_number_of_cells"
    if b"\x00" in raw or not _is_utf8(raw):
        return raw, None, "unreadable"
    return raw, cells, ""


def _is_utf8(raw: bytes) -> bool:
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
