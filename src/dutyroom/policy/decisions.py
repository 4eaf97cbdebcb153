"""Decisions with their reason and purpose. An unknown role or word is a denial, never a pass."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from dutyroom.core.text import Text
from dutyroom.domain.kernel import About
from dutyroom.domain.orgs import within
from dutyroom.policy.roles import (
    LISTS,
    OF_MINORS,
    OTHERS_OF_MINORS,
    READS,
    TELEMETRY,
    VERBS,
)

ROLE_NAMES: Final[Mapping[str, Text]] = {
    "call_taker": Text("call-taker", "接警员"),
    "dispatcher": Text("dispatcher", "调度员"),
    "supervisor": Text("duty supervisor", "值班长"),
    "field_officer": Text("field officer", "处警人员"),
    "auditor": Text("auditor", "审计员"),
    "trainer": Text("trainer", "教官"),
    "planner": Text("planner", "规划员"),
    "station_command": Text("station command office", "派出所综合指挥室"),
    "station_officer": Text("station officer", "派出所民警"),
    "desk_specialist": Text("desk specialist", "合成岗位人员"),
    "partner": Text("partner", "联动单位"),
    "read_key": Text("partner's API key (reads)", "联动单位接口密钥（只读）"),
    "answer_key": Text("partner's API key (answers)", "联动单位接口密钥（可办理）"),
    "gateway": Text("gateway", "网关"),
    "operator": Text("operator at the machine", "系统操作员"),
    "keeper": Text("keeper of the clocks", "时限管理程序"),
}
_PURPOSES: Final[Mapping[str, str]] = {
    "call_taker": "take_calls",
    "dispatcher": "dispatch",
    "supervisor": "supervise",
    "field_officer": "handle_assignment",
    "auditor": "audit",
    "trainer": "train",
    "planner": "plan",
    "station_command": "run_station",
    "station_officer": "handle_task",
    "desk_specialist": "handle_request",
    "partner": "handle_referral",
    "read_key": "handle_referral",
    "answer_key": "handle_referral",
    "gateway": "relay",
    "operator": "operate",
    "keeper": "keep_promises",
}

_BECAUSE: Final[Mapping[str, tuple[Text, Text]]] = {
    "own_unit": (
        Text("allowed because it is the own unit", "允许：属本人处警单元"),
        Text("denied: it is not your unit", "拒绝：这不是您的处警单元"),
    ),
    "own_org": (
        Text("allowed because it is of your organisation", "允许：这属于您的单位"),
        Text("denied: it is not of your organisation", "拒绝：这不属于您的单位"),
    ),
    "own_partner": (
        Text("allowed because it was sent to your organisation", "允许：这是转给您单位的"),
        Text("denied: it was not sent to your organisation", "拒绝：这不是转给您单位的"),
    ),
    "own": (
        Text("allowed because it is your own", "允许：由本人承办"),
        Text("denied: somebody else has it", "拒绝：由他人承办"),
    ),
    "assigned": (
        Text("allowed because the own unit is on this incident", "允许：本人处警单元已派往此警情"),
        Text("denied: your unit is not on this incident", "拒绝：您的处警单元未派往此警情"),
    ),
    "reported": (
        Text("allowed because it was called in or met on view", "允许：属报警或现场发现"),
        Text(
            "denied: orders, petitions and window matters are for dispatchers and supervisors",
            "拒绝：上级交办、信访和窗口受理的事项由调度员或值班长登记",
        ),
    ),
    "on_view_own_unit": (
        Text("allowed because the own unit met it on view", "允许：本人处警单元在现场发现"),
        Text(
            "denied: a field officer opens incidents on view only, with the own unit",
            "拒绝：处警人员只能以本处警单元登记现场发现的警情",
        ),
    ),
}
"""What must hold, and how it is said that it does, or doesn't."""
_NOT_OF_MINORS: Final = Text(
    "denied: it concerns a minor. Dispatchers, duty supervisors, the command office of the police"
    " station and who has it may read it.",
    "拒绝：涉及未成年人，仅调度员、值班长、派出所综合指挥室和承办人可查看。",
)
_UNKNOWN: Final = (Text("", ""), Text("denied: its condition is not known", "拒绝：条件未知"))
"""A condition that nobody has written: never a pass."""


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether, why, and for which purpose it is recorded."""

    allowed: bool
    because: Text
    purpose: str


def may_do(
    role: str, own_unit: str | None, verb: str, about: About, own_org: str | None = None
) -> Decision:
    """May this role do this? ``own_unit`` is the unit that the actor is signed in for, ``own_org``
    the organisation that they work for: "" is the whole room, None isn't known and denies.
    """
    return _decide(VERBS, role, (own_unit, own_org), verb, about)


def may_read(
    role: str, own_unit: str | None, what: str, about: About, own_org: str | None = None
) -> Decision:
    """May this role read this? Same conditions as for actions. What concerns a minor is for those
    only who may read it also when it does."""
    decision = _decide(READS, role, (own_unit, own_org), what, about)
    if not about.minor or not decision.allowed:
        return decision
    tighter = {what: OF_MINORS.get(what, OTHERS_OF_MINORS)}
    if not _decide(tighter, role, (own_unit, own_org), what, about).allowed:
        return Decision(False, _NOT_OF_MINORS, decision.purpose)
    return Decision(True, _of_minor(decision.because), decision.purpose)


def limit_of(role: str, what: str, own_org: str) -> str:
    """The organisation that a role is limited to where what it reads is of many; "" for none."""
    return own_org if READS.get(what, {}).get(role) == "own_org" else ""


def lists_for(role: str) -> frozenset[str] | None:
    """The lists of the board that a role is limited to; None for all of them."""
    return LISTS.get(role)


def may_report(
    role: str, own_unit: str | None, what: str, about: About, own_org: str | None = None
) -> Decision:
    """May this role send such telemetry? Same conditions as for actions."""
    return _decide(TELEMETRY, role, (own_unit, own_org), what, about)


type _Own = tuple[str | None, str | None]
"""The actor's unit and organisation."""


def _decide(
    table: Mapping[str, Mapping[str, str]], role: str, own: _Own, word: str, about: About
) -> Decision:
    name = ROLE_NAMES.get(role, Text(role, role))
    purpose = _PURPOSES.get(role, "none")
    condition = table.get(word, {}).get(role)
    if condition == "always":
        return Decision(True, _for_role(name), purpose)
    if condition is None:
        because = Text(
            f"denied: this is not for the role {name.en}. Ask a colleague whose role it is.",
            f"拒绝：{name.zh}无此权限，请由有权限的同事操作。",
        )
        return Decision(False, because, purpose)
    return _conditional(condition, own, about, purpose)


def _conditional(condition: str, own: _Own, about: About, purpose: str) -> Decision:
    own_unit, own_org = own
    of_own_unit = own_unit is not None and about.unit == own_unit
    orgs = (about.org,) if about.org_too is None else (about.org, about.org_too)
    of_own_org = own_org is not None and all(
        one is not None and within(one, own_org) for one in orgs
    )
    allowed = {
        "own_unit": of_own_unit,
        "own_org": of_own_org,
        "own_partner": bool(own_org) and about.org == own_org,
        "assigned": own_unit is not None and own_unit in about.units_on_incident,
        "on_view_own_unit": of_own_unit and about.on_view,
        "own": about.own,
        "reported": about.channel in ("telephone", "on_view"),
    }.get(condition, False)
    yes, no = _BECAUSE.get(condition, _UNKNOWN)
    return Decision(allowed, yes if allowed else no, purpose)


def _for_role(name: Text) -> Text:
    return Text(f"allowed for the role: {name.en}", f"允许：角色为{name.zh}")


def _of_minor(because: Text) -> Text:
    return Text(f"{because.en}; it concerns a minor", f"{because.zh}；涉及未成年人")


_REASONS: Final = (
    *(_for_role(name) for name in ROLE_NAMES.values()),
    *(yes for yes, _ in _BECAUSE.values()),
)
_ALLOWED: Final[Mapping[str, Text]] = {
    text.en: text for one in _REASONS for text in (one, _of_minor(one))
}
_EARLIER: Final[Mapping[str, Text]] = {
    **{f"allowed for your role: {name.en}": _for_role(name) for name in ROLE_NAMES.values()},
    "allowed because it is your unit": _BECAUSE["own_unit"][0],
    "allowed because your unit is on this incident": _BECAUSE["assigned"][0],
    "allowed because your unit met it on view": _BECAUSE["on_view_own_unit"][0],
}
"""In the words of earlier versions, which journals keep: a sentence that changes leaves its old one
here."""


def in_both(because: str) -> Text:
    """A reason for a read as the journal keeps it, in English, in both languages."""
    return _ALLOWED.get(because) or _EARLIER.get(because, Text(because, because))
