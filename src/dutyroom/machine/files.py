"""Files and folders that are there whole, or not at all, whatever ends this process or the power.

What is new is written beside the old, brought to the disk, and takes its name in one step.
"""

import fcntl
import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """A path to write to; afterwards the file is at ``path``. After an error the old one stays.
    Folders on the way are made."""
    path.parent.mkdir(parents=True, exist_ok=True)
    # Two threads or processes that write the same file don't write into each other's.
    half = path.with_name(f".{path.name}.{os.getpid()}-{threading.get_ident()}.part")
    try:
        yield half
        _to_disk(half)
        half.replace(path)
    except BaseException:
        half.unlink(missing_ok=True)
        raise
    _to_disk(path.parent)


def write_whole(path: Path, content: str | bytes) -> None:
    """Write a file; text as UTF-8, line feeds as they are."""
    with whole_file(path) as half:
        half.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)


def move_whole(path: Path, to: Path) -> None:
    """Give a file that is on the disk another place in the same file system, in one step."""
    to.parent.mkdir(parents=True, exist_ok=True)
    path.replace(to)
    _to_disk(to.parent)


def make_once(path: Path, content: bytes) -> None:
    """Make a file that only its user may read (mode 0600), unless it is there: of two processes
    that make it, the first one counts for both."""
    half = path.with_name(f".{path.name}.{os.getpid()}-{threading.get_ident()}.part")
    half.unlink(missing_ok=True)
    try:
        handle = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as out:
            out.write(content)
        _to_disk(half)
        with suppress(FileExistsError):
            os.link(half, path)
    finally:
        half.unlink(missing_ok=True)
    _to_disk(path.parent)


@contextmanager
def whole_folder(folder: Path) -> Iterator[Path]:
    """An empty folder to fill; afterwards it is at ``folder``, in place of what was there. After an
    error the old one stays; after a crash `recovered` brings it back."""
    recovered(folder)
    half, old = _beside(folder, "part"), _beside(folder, "old")
    for left in (half, old):
        shutil.rmtree(left, ignore_errors=True)
    half.mkdir(parents=True)
    try:
        yield half
        for one in [*half.rglob("*"), half]:
            _to_disk(one)
    except BaseException:
        shutil.rmtree(half, ignore_errors=True)
        raise
    if folder.is_dir():
        folder.rename(old)
    half.rename(folder)
    _to_disk(folder.parent)
    shutil.rmtree(old, ignore_errors=True)


def recovered(folder: Path) -> None:
    """After a crash between the two renames of `whole_folder` the old one takes its place again."""
    old = _beside(folder, "old")
    if old.is_dir() and not folder.is_dir():
        old.rename(folder)


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Only one process or thread at a time goes on with what is at ``path``; the others wait."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with _beside(path, "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _beside(folder: Path, what: str) -> Path:
    return folder.with_name(f".{folder.name}.{what}")


def _to_disk(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
