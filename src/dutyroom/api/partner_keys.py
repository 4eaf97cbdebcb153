"""API keys of partners: how one is made on the page, and which routes they open."""

import re
from collections.abc import Mapping
from typing import Annotated, Final
from uuid import UUID

import msgspec
from django.http import HttpRequest, HttpResponse
from ninja import Router
from pydantic import Field

from dutyroom.actions import runtime
from dutyroom.actions.door import Done, Outcome
from dutyroom.actions.partner_keys import name_of, new_key
from dutyroom.actions.request import Request
from dutyroom.api import actions
from dutyroom.api.answers import Kept, may_answer
from dutyroom.api.asking import actor_of
from dutyroom.api.commands import Strict
from dutyroom.api.later import when_done
from dutyroom.core.text import Text
from dutyroom.domain.orgs import LONGEST_PATH
from dutyroom.domain.partner_keys import refusals
from dutyroom.domain.partner_keys.commands import AddPartnerKey, KeyScope
from dutyroom.policy import VERBS
from dutyroom.projections.partner_keys import partner_keys

router = Router(tags=["partners"])

KEY_ROUTES: Final[Mapping[str, str]] = {
    "/api/partner": "get",
    "/api/readings/referrals/{referral}": "get",
    **{f"/api/actions/{verb}": "post" for verb, roles in VERBS.items() if "answer_key" in roles},
}
"""All that an API key opens, and by which method."""
_OPENED: Final = tuple(
    (method.upper(), re.compile(re.sub(r"\\{\w+\\}", "[^/]+", re.escape(path))))
    for path, method in KEY_ROUTES.items()
)


class WantedKey(Strict):
    """The partner that it is for, what it may do, and until when: 90 days, if left out."""

    action: UUID
    partner_key: UUID
    org: Annotated[str, Field(max_length=LONGEST_PATH)]
    scope: KeyScope
    until_ms: Annotated[int, Field(ge=0, le=1 << 47, strict=True)] | None = None


class KeyMade(msgspec.Struct, frozen=True, kw_only=True):
    """The key, which is shown here and never again."""

    key: str
    position: int


@router.post("/partner-keys")
@may_answer(409)
def make_key(request: HttpRequest, body: WantedKey) -> KeyMade | HttpResponse:
    """Make an API key for a partner, and show it once. Asked twice, the second answer is a refusal:
    whoever missed the first one revokes the key and makes another."""
    new = new_key(body.partner_key)
    command = AddPartnerKey(body.partner_key, body.org, body.scope, new.digest, body.until_ms)
    asked = Request(body.action, actor_of(request), command)

    def said(outcome: Outcome) -> HttpResponse:
        if not isinstance(outcome, Done):
            return actions.answer(outcome)
        if outcome.repeated:
            return actions.answer(refusals.partner_key_exists(body.partner_key, "active"))
        made = KeyMade(key=new.key, position=outcome.position)
        return Kept[KeyMade](msgspec.json.encode(made))

    return when_done(request, lambda: runtime.room().door.ready(asked), said)


def opens(method: str, path: str) -> bool:
    """Whether an API key may be used for a request at all."""
    return any(method == one and shape.fullmatch(path) for one, shape in _OPENED)


def names_of_keys() -> dict[str, Text]:
    """What each key is called where the journal names it."""
    orgs = {one.path: one.text for one in runtime.room().pack.orgs}
    return {
        name_of(UUID(one.id)): _called(one.prefix, orgs.get(one.org, Text(one.org, one.org)))
        for one in partner_keys()
    }


def _called(prefix: str, org: Text) -> Text:
    return Text(f"API key {prefix} ({org.en})", f"接口密钥 {prefix}（{org.zh}）")
