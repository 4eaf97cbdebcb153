"""Why something can't be done with a partner's API key, and what to do next."""

from uuid import UUID

from dutyroom.core.text import Text
from dutyroom.domain.kernel import Refusal, refusal


def unknown_partner_key(partner_key: UUID) -> Refusal:
    return refusal(
        "UnknownPartnerKey",
        {"partner_key": partner_key},
        ("There is no such API key.", "没有这个接口密钥。"),
        ("Choose one from the list.", "请从列表中选择。"),
    )


def partner_key_exists(partner_key: UUID, state: str) -> Refusal:
    return refusal(
        "PartnerKeyExists",
        {"partner_key": partner_key, "state": state},
        (
            "This API key was made already; it is shown only once.",
            "该接口密钥已建立，且只显示一次。",
        ),
        ("Revoke it if nobody has it, and make another.", "如无人持有，请将其吊销并另建一个。"),
    )


def no_agreement_with(org: str, name: Text) -> Refusal:
    """`name`: what it is called."""
    return refusal(
        "NoAgreementWith",
        {"org": org},
        (f"There is no agreement with “{name.en}”.", f"与“{name.zh}”没有协议。"),
        (
            "Choose a partner that has one; the city pack has them in agreements.json.",
            "请选择有协议的联动单位；协议见城市数据包的 agreements.json。",
        ),
    )


def partner_has_keys(org: str, name: Text, most: int) -> Refusal:
    """`name`: what it is called; `most`: how many a partner may have at once."""
    return refusal(
        "PartnerHasKeys",
        {"org": org, "most": most},
        (
            f"“{name.en}” has {most} API keys in force, which is all that it may have.",
            f"“{name.zh}”已有 {most} 个有效的接口密钥，已达上限。",
        ),
        ("Revoke the one that is no longer used.", "请吊销不再使用的接口密钥。"),
    )


def key_lasts_wrong(days: int) -> Refusal:
    return refusal(
        "KeyLastsWrong",
        {"days": days},
        (
            f"An API key ends after now, and within {days} days.",
            f"接口密钥的到期时间须晚于现在，且不超过 {days} 天。",
        ),
        ("Correct the time.", "请更正时间。"),
    )


def key_digest_wrong() -> Refusal:
    return refusal(
        "KeyDigestWrong",
        {},
        (
            "The digest of an API key is its SHA-256, in 64 hexadecimal digits.",
            "接口密钥的摘要须为其 SHA-256 值，共 64 位十六进制数字。",
        ),
        ("Have the key made on the page of agreements.", "请在联动协议页面建立接口密钥。"),
    )
