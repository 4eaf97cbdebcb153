"""Why something can't be done with a station's handover, and what to do next."""

from collections.abc import Iterable
from uuid import UUID

from dutyroom.domain.kernel import Refusal, refusal


def unknown_station_handover(station_handover: UUID) -> Refusal:
    return refusal(
        "UnknownStationHandover",
        {"station_handover": station_handover},
        ("There is no such handover of a police station.", "没有这次派出所交接班。"),
        ("Start one on the page of the police station.", "请在派出所页面发起交接班。"),
    )


def station_handover_is_over(station_handover: UUID, state: str, by: str) -> Refusal:
    """`state`: completed or cancelled."""
    words = {"completed": ("has completed", "已完成")}
    en, zh = words.get(state, ("has cancelled", "已取消"))
    return refusal(
        "StationHandoverIsOver",
        {"station_handover": station_handover, "state": state, "by": by},
        (f"{by} {en} this handover.", f"{by} {zh}本次交接班。"),
        ("Start a new one if it is needed.", "如有需要，请重新发起交接班。"),
    )


def unknown_station(org: str) -> Refusal:
    return refusal(
        "UnknownStation",
        {"org": org},
        (f"There is no organisation “{org}” here.", f"没有“{org}”这个单位。")
        if org
        else ("The whole room is not handed over like this.", "指挥中心不按此方式交接班。"),
        ("Choose a police station, or the organisation above it.", "请选择派出所或其上级单位。"),
    )


def station_handover_runs(org: str, by: str, to: str) -> Refusal:
    waits = (f" {to} is taking over.", f"正由 {to} 接班。") if to else ("", "")
    return refusal(
        "StationHandoverRuns",
        {"org": org, "by": by, "to": to},
        (
            f"{by} has begun to hand this organisation over.{waits[0]}",
            f"{by} 已发起本单位的交接班。{waits[1]}",
        ),
        ("Go on with that one, or cancel it.", "请继续该次交接班，或将其取消。"),
    )


def station_handed_to_oneself() -> Refusal:
    return refusal(
        "StationHandedToOneself",
        {},
        ("Nobody hands over to themselves.", "不能交接给本人。"),
        (
            "A colleague of the command office takes over.",
            "请由综合指挥室的另一名同事接班。",
        ),
    )


def not_of_command_office(to: str, known: Iterable[str]) -> Refusal:
    """`known`: the members who may take over."""
    names = list(known)
    listed = (", ".join(names), "、".join(names)) if names else ("nobody yet", "暂无")
    return refusal(
        "NotOfCommandOffice",
        {"to": to, "known": names},
        (f"“{to}” can't take this organisation over.", f"“{to}”不能接管本单位。"),
        (
            f"Name one who can, or nobody: {listed[0]}.",
            f"请填写可接班人员，或留空：{listed[1]}。",
        ),
    )


def station_handover_is_with(to: str) -> Refusal:
    return refusal(
        "StationHandoverIsWith",
        {"to": to},
        (f"{to} is taking over already.", f"{to} 已在接班。"),
        (
            "Talk to them; if they can't go on, take it from them.",
            "请先联系；对方无法继续时再接替。",
        ),
    )


def not_taking_over(station_handover: UUID, to: str) -> Refusal:
    return refusal(
        "NotTakingOver",
        {"station_handover": station_handover, "to": to},
        (f"{to} is taking over this organisation.", f"本单位正由 {to} 接班。")
        if to
        else ("Nobody is taking over yet.", "暂无人接班。"),
        ("Take over first.", "请先接班。"),
    )


def unknown_station_item(kind: str, item: UUID) -> Refusal:
    return refusal(
        "UnknownStationItem",
        {"kind": kind, "item": item},
        (
            "This is neither late at this organisation nor due there today.",
            "该事项在本单位既未超时，今日也未到期。",
        ),
        ("Choose one of the list.", "请从清单中选择。"),
    )


def station_item_needs_owner(number: str) -> Refusal:
    return refusal(
        "StationItemNeedsOwner",
        {"number": number},
        (f"Somebody must have what is left of {number}.", f"{number} 的未办事项须明确承办人。"),
        ("Name who takes it; take it yourself if need be.", "请指定承办人，必要时由本人承办。"),
    )


def station_handover_incomplete(
    station_handover: UUID, count: int, numbers: Iterable[str]
) -> Refusal:
    """`numbers`: those of the incidents; `count`: how many items are left."""
    named = list(numbers)
    return refusal(
        "StationHandoverIncomplete",
        {"station_handover": station_handover, "count": count, "numbers": named},
        (
            f"Late without a confirmed owner: {count} ({', '.join(named)}).",
            f"还有 {count} 项超时事项未确认承办人（{'、'.join(named)}）。",
        ),
        (
            "Read each one and say who has it, then complete it.",
            "请逐项核对并确认承办人，再完成交接班。",
        ),
    )
