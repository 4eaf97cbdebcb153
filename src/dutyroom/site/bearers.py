"""Who asks with a bearer token: a gateway, or a partner's system by its API key."""

from dataclasses import dataclass
from typing import Final

import msgspec
from django.conf import settings
from django.http import HttpRequest, HttpResponse

from dutyroom.actions import runtime
from dutyroom.actions.clock import now_ms
from dutyroom.actions.partner_keys import WrongKey, holder_of, is_a_key, record_of
from dutyroom.api.answers import (
    DeniedAnswer,
    SignedOutAnswer,
    TooManyRequestsAnswer,
    TooManyTriesAnswer,
    otherwise,
)
from dutyroom.api.partner_keys import opens
from dutyroom.core.text import Text
from dutyroom.site.key_use import take_one
from dutyroom.site.members import member_of_token
from dutyroom.site.models import Member
from dutyroom.site.signing_in import bearer_allowances, take

_SAID: Final[dict[WrongKey, Text]] = {
    "wrong_token": Text(
        "Nobody is let in by this key. Check that it was copied whole.",
        "此密钥无效，请检查是否复制完整。",
    ),
    "key_expired": Text(
        "This API key has expired. Ask the duty room for another.",
        "此接口密钥已过期，请向指挥中心申请新的密钥。",
    ),
    "key_revoked": Text(
        "This API key was revoked. Ask the duty room for another.",
        "此接口密钥已吊销，请向指挥中心申请新的密钥。",
    ),
}
_NOT_BY_KEY: Final = Text(
    "denied: an API key opens the referrals to its own partner, and nothing else",
    "拒绝：接口密钥只能用于本联动单位的转办单",
)


@dataclass(frozen=True, slots=True)
class KeyHolder:
    """A partner's system, where requests have a member."""

    name: str
    role: str
    org: str
    unit: str = ""
    is_authenticated: bool = True


def bearer(request: HttpRequest, authorization: str) -> Member | KeyHolder | HttpResponse:
    """Who asks, or the answer that they get instead. Wrong tokens are counted as wrong passwords
    are; a right one is let in however many strangers try from the same address. What a right key
    asks is counted by itself, whatever comes of it."""
    kind, _, token = authorization.partition(" ")
    token = token.strip() if kind.lower() == "bearer" else ""
    if not is_a_key(token):
        return member_of_token(authorization) or _wrong(request, "", "wrong_token")
    record = record_of(token)
    found = holder_of(runtime.room().reader.states, token, now_ms())
    if record is None or isinstance(found, str):
        return _wrong(request, str(record), found if isinstance(found, str) else "wrong_token")
    wait_s = take_one(record, now_ms())
    if wait_s > 0:
        return _too_many(wait_s)
    if not opens(request.method or "", request.path_info):
        return otherwise(403, DeniedAnswer(because=_NOT_BY_KEY))
    return KeyHolder(found.id, found.role, found.org or "")


def _wrong(request: HttpRequest, which: str, why: WrongKey) -> HttpResponse:
    wait_s = take(bearer_allowances(request, which), now_ms())
    if wait_s > 0:
        return _later(TooManyTriesAnswer(retry_after_s=wait_s), wait_s)
    return otherwise(401, SignedOutAnswer(error=why, message=_SAID[why]))


def _too_many(wait_s: int) -> HttpResponse:
    per_min = settings.KEY_REQUESTS_PER_MIN
    said = Text(
        f"This API key may send {per_min} requests a minute. Nothing was done: send the same again"
        f" in {wait_s} s.",
        f"此接口密钥每分钟最多发送 {per_min} 次请求。本次未作任何处理，请在 {wait_s} 秒后重发。",
    )
    return _later(
        TooManyRequestsAnswer(retry_after_s=wait_s, per_minute=per_min, message=said), wait_s
    )


def _later(said: msgspec.Struct, wait_s: int) -> HttpResponse:
    answer = otherwise(429, said)
    answer["Retry-After"] = str(wait_s)
    return answer
