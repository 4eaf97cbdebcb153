"""API keys of partners: how one is made, and whose one is. A key is random, and kept nowhere; what
is known of it is its digest."""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from typing import Final, Literal
from uuid import UUID

from django.db import connection

from dutyroom.core.roles import Role
from dutyroom.domain.context import Actor
from dutyroom.domain.partner_keys import PARTNER_KEYS
from dutyroom.domain.partner_keys.commands import KeyScope
from dutyroom.domain.partner_keys.state import SHOWN, PartnerKeyState, begins_of
from dutyroom.projections.states import States

SECRET_BYTES: Final = 32
ROLE_OF: Final[dict[KeyScope, Role]] = {"read": "read_key", "answer": "answer_key"}
_KIND: Final = "drk"
_NAME: Final = "key:"

type WrongKey = Literal["wrong_token", "key_expired", "key_revoked"]


@dataclass(frozen=True, slots=True)
class NewKey:
    """A key and the digest by which it is recognised."""

    key: str
    digest: str


def new_key(id_: UUID) -> NewKey:
    """A fresh key for the record of this id, whose random end it begins with."""
    begins, rest = begins_of(id_), id_.hex[:-SHOWN]
    key = f"{_KIND}_{begins}_{rest}_{secrets.token_urlsafe(SECRET_BYTES)}"
    return NewKey(key, digest_of(key))


def digest_of(key: str) -> str:
    """SHA-256, in hex: enough for what is random and has 256 bits."""
    return hashlib.sha256(key.encode()).hexdigest()


def is_a_key(text: str) -> bool:
    """Whether it says of itself that it is one."""
    return text.startswith(f"{_KIND}_")


def name_of(id_: UUID) -> str:
    """Whom the journal names as the actor; no staff number has a colon."""
    return f"{_NAME}{id_.hex}"


def holder_of(states: States, key: str, now_ms: int) -> Actor | WrongKey:
    """Who it lets in at a time, or why it doesn't. Only who has the whole key hears that it has
    ended."""
    id_ = record_of(key)
    if id_ is None:
        return "wrong_token"
    with connection.cursor() as cursor:
        state = states.of(cursor, PartnerKeyState, f"{PARTNER_KEYS.name}:{id_}")
    expected = state.added.key_digest if state is not None else ""
    right = hmac.compare_digest(expected.encode(), digest_of(key).encode())
    if state is None or not right:
        return "wrong_token"
    match state.phase_at(now_ms):
        case "expired":
            return "key_expired"
        case "revoked":
            return "key_revoked"
        case "active":
            return Actor(name_of(id_), ROLE_OF[state.added.scope], org=state.added.org)


def record_of(key: str) -> UUID | None:
    """Which record's it says that it is. One of before has the record's id in one piece."""
    kind, _, rest = key.partition("_")
    hex_, _, secret = rest.partition("_")
    if len(hex_) == SHOWN:
        front, _, secret = secret.partition("_")
        hex_ = front + hex_
    if kind != _KIND or not secret or len(hex_) != 32:
        return None
    try:
        return UUID(hex=hex_)
    except ValueError:
        return None
