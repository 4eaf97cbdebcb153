"""The site's own secret (sessions, CSRF), made at the first start."""

import os
import secrets
from pathlib import Path

from dutyroom.core.home import HomeRefused


def site_secret(file: Path) -> str:
    """Read the secret, or make it with mode 0600. Two starting processes agree on one. Raises
    `HomeRefused`."""
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return _read(file)
    with os.fdopen(handle, "w") as out:
        out.write(secrets.token_urlsafe(48))
        out.flush()
        os.fsync(out.fileno())
    return _read(file)


def _read(file: Path) -> str:
    text = file.read_text().strip()
    if len(text) < 32:
        raise HomeRefused(f"{file} is damaged. Delete it and start again: everybody signs in anew")
    return text
