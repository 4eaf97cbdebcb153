"""The site's own secret (sessions, CSRF), made at the first start."""

import hashlib
import hmac
import secrets
from pathlib import Path

from dutyroom.machine.files import make_once
from dutyroom.machine.home import HomeRefused


def site_secret(file: Path, *, to_read: bool = False) -> str:
    """Read the secret, or make it with mode 0600. Two starting processes agree on one. ``to_read``:
    where there is none, one for this process alone. Raises `HomeRefused`."""
    if to_read:
        return _read(file) if file.exists() else secrets.token_urlsafe(48)
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not file.exists():
        make_once(file, secrets.token_urlsafe(48).encode())
    return _read(file)


def room_id(secret: str) -> str:
    """What distinguishes this room from every other in a browser: 16 hex digits.

    They give nothing away. Cookies of one host go to all its ports, and one address may serve one
    room today and another tomorrow, so whatever a browser keeps is named by it. It lives as long
    as the secret.
    """
    return hmac.new(secret.encode(), b"dutyroom room id", hashlib.sha256).hexdigest()[:16]


def _read(file: Path) -> str:
    text = file.read_text().strip()
    if len(text) < 32:
        raise HomeRefused(f"{file} is damaged. Delete it and start again: everybody signs in anew")
    return text
