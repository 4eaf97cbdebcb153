"""Sealing personal data: AES-256-GCM under the key of its call or incident, with a commitment.

AES-GCM does not commit to its key: one ciphertext can open under two. An HMAC over the ciphertext
under a key derived from the same record key does.
"""

import hmac
import json
import secrets
from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import connection
from django.db.backends.utils import CursorWrapper

from dutyroom.journal.encoding import canonical
from dutyroom.journal.keys import NONCE_BYTES, KeyErased, Keyring
from dutyroom.journal.read import Entry

_FORMAT: Final = b"\x01"
_TAG_BYTES: Final = 32


class SealBroken(Exception):
    """A sealed body was altered, or moved here from another entry."""


class Sealer:
    """Seals and opens the sealed bodies of one journal."""

    def __init__(self, keyring: Keyring) -> None:
        self._keyring = keyring

    def seal(
        self,
        cursor: CursorWrapper,
        name: str,
        payload: Mapping[str, object],
        *,
        type_: str,
        action: UUID,
        now_ms: int,
    ) -> bytes:
        """Seal a payload under the key ``name``, bound to its event type and action."""
        key = self._keyring.make(cursor, name, now_ms)
        nonce = secrets.token_bytes(NONCE_BYTES)
        context = _context(name, type_, str(action))
        box = nonce + AESGCM(_derive(key, b"seal")).encrypt(nonce, canonical(payload), context)
        return _FORMAT + _commitment(key, context, box) + box

    def key_to_seal(self, cursor: CursorWrapper, name: str, now_ms: int) -> bytes:
        """The key of a record, made if there is none, for bytes beside the journal. Under the
        journal's lock. Raises `KeyErased`."""
        return self._keyring.make(cursor, name, now_ms)

    def key_to_open(self, name: str) -> bytes:
        """The key of a record, for bytes beside the journal. Raises `KeyErased`."""
        with connection.cursor() as cursor:
            try:
                return self._keyring.get(cursor, name)
            except KeyError as error:
                raise KeyErased(name) from error

    def unseal(self, entry: Entry) -> dict[str, Any]:
        """Open an entry's sealed body. Raises `KeyErased` or `SealBroken`."""
        assert entry.sealed is not None
        assert entry.seal_key is not None
        with connection.cursor() as cursor:
            try:
                key = self._keyring.get(cursor, entry.seal_key)
            except KeyError as error:
                raise KeyErased(entry.seal_key) from error
        context = _context(entry.seal_key, entry.type, entry.action)
        tag, box = entry.sealed[1 : 1 + _TAG_BYTES], entry.sealed[1 + _TAG_BYTES :]
        if entry.sealed[:1] != _FORMAT or not hmac.compare_digest(
            tag, _commitment(key, context, box)
        ):
            raise SealBroken(f"the sealed body at position {entry.position} was altered")
        nonce, ciphertext = box[:NONCE_BYTES], box[NONCE_BYTES:]
        try:
            plain = AESGCM(_derive(key, b"seal")).decrypt(nonce, ciphertext, context)
        except InvalidTag as error:
            raise SealBroken(f"the sealed body at position {entry.position} was altered") from error
        payload: dict[str, Any] = json.loads(plain)
        return payload


def _context(name: str, type_: str, action: str) -> bytes:
    return f"dutyroom/seal/1\n{name}\n{type_}\n{action}".encode()


def _commitment(key: bytes, context: bytes, box: bytes) -> bytes:
    return hmac.digest(_derive(key, b"commit"), context + b"\n" + box, "sha256")


def _derive(key: bytes, use: bytes) -> bytes:
    """A key for one use from a record's random key (one block of HKDF-Expand, RFC 5869)."""
    return hmac.digest(key, b"dutyroom/" + use + b"\x01", "sha256")


def seal_bytes(key: bytes, what: str, plain: bytes) -> bytes:
    """Bytes that lie beside the journal, sealed under a record's key and bound to ``what`` they
    are."""
    nonce, context = secrets.token_bytes(NONCE_BYTES), _beside(what)
    box = nonce + AESGCM(_derive(key, b"beside")).encrypt(nonce, plain, context)
    return _FORMAT + _commitment(key, context, box) + box


def unseal_bytes(key: bytes, what: str, sealed: bytes) -> bytes:
    """Raises `SealBroken`."""
    context = _beside(what)
    tag, box = sealed[1 : 1 + _TAG_BYTES], sealed[1 + _TAG_BYTES :]
    altered = SealBroken(f"the sealed bytes of {what} were altered")
    if sealed[:1] != _FORMAT or not hmac.compare_digest(tag, _commitment(key, context, box)):
        raise altered
    try:
        return AESGCM(_derive(key, b"beside")).decrypt(
            box[:NONCE_BYTES], box[NONCE_BYTES:], context
        )
    except (InvalidTag, ValueError) as error:
        raise altered from error


def mark_of(key: bytes, plain: bytes) -> str:
    """What tells bytes from others, to whoever has the record's key and nobody else."""
    return hmac.digest(_derive(key, b"mark"), plain, "sha256").hex()


def _beside(what: str) -> bytes:
    return f"dutyroom/beside/1\n{what}".encode()
