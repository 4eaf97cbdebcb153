"""Answers of the front itself, to requests that never come to Django."""

import json
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import asdict
from typing import Any, Final

from dutyroom.core.text import Text

RETRY_AFTER_S: Final = 2
SAID: Final = {
    "busy": Text(
        "The server has too much to do right now. Nothing was done; try again in a moment.",
        "服务器繁忙，未执行任何操作，请稍后再试。",
    ),
    "denied": Text("Your role may not follow the board.", "您的角色无权接收实时更新。"),
    "invalid": Text("The position to follow from is no number.", "起始位置不是数字。"),
    "method_not_allowed": Text(
        "This address is only read from, with GET.", "该地址只能以 GET 方式读取。"
    ),
    "not_signed_in": Text("You are signed out. Sign in again.", "您已退出登录，请重新登录。"),
    "too_large": Text(
        "What was sent is too large. Nothing was done; send less at once.",
        "发送的内容过大，未执行任何操作，请减少内容后再发送。",
    ),
    "too_slow": Text(
        "What was sent took too long to arrive. Nothing was done; send it again.",
        "发送的内容未能及时送达，未执行任何操作，请重新发送。",
    ),
    "wrong_host": Text(
        "The server isn't known under this address. Open it by the address it was set up with "
        "(DUTYROOM_HOSTS).",
        "服务器不使用此地址，请使用其设定的地址（DUTYROOM_HOSTS）打开。",
    ),
}
"""By the name of the error: what is wrong, and what to do."""


async def refuse(
    send: Callable[[MutableMapping[str, Any]], Awaitable[None]],
    status: int,
    error: str,
    **besides: Any,
) -> None:
    """Say what is wrong, in both languages. Whatever else the request would say is not read."""
    headers = [
        (b"content-type", b"application/json"),
        (b"cache-control", b"no-store"),
        (b"x-content-type-options", b"nosniff"),
        (b"connection", b"close"),
    ]
    if status == 503:
        headers.append((b"retry-after", str(RETRY_AFTER_S).encode()))
    body = {"error": error, "message": asdict(SAID[error]), **besides}
    await send({"type": "http.response.start", "status": status, "headers": headers})
    text = json.dumps(body, ensure_ascii=False)
    await send({"type": "http.response.body", "body": text.encode()})
