"""What the planner's page shows of a scenario's file, and what a planner alters in it there."""

from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from dutyroom.planning.answers import BaseBesides, PlanBesides

LONGEST_NAME: Final = 80
LONGEST_NOTE: Final = 2000
NOTHING: Final[dict[str, Any]] = {}
INHERITED: Final[dict[str, type]] = {"posts": list, "rules": dict}
"""What counts of a base, and is shown, where a file doesn't say it; and its kind."""

type Id = Annotated[str, Field(min_length=1, max_length=80, pattern=r"^[\x21-\x7e]+$")]


class Strict(BaseModel):
    """Closed and frozen; a number isn't made from text or from true."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Preemption(Strict):
    by: Annotated[int, Field(ge=1, le=9)]
    of: Annotated[int, Field(ge=1, le=9)]


class PlanRules(Strict):
    """The rules that a planner sets on the page; the file may hold more, which stay there."""

    queue: Literal["first_come", "nearest"] = "first_come"
    when_idle: Literal["home", "stay", "dmexclp"] = "home"
    preemption: Preemption | None = None
    reassign_gain_s: Annotated[float, Field(ge=0, le=1e6)] | None = None
    cover_s: Annotated[float, Field(ge=1, le=1e6)] | None = None


class Plan(Strict):
    """What a planner has drawn up: what is to be different from today. The file may hold more."""

    name: Annotated[str, Field(min_length=1, max_length=LONGEST_NAME)]
    note: Annotated[str, Field(max_length=LONGEST_NOTE)] = ""
    posts: Annotated[list[Id], Field(max_length=1000)] = []
    rules: PlanRules = PlanRules()
    changes: Annotated[list[dict[str, Any]], Field(max_length=5000)] = []


def shown(said: dict[str, Any], bases: dict[str, Any] = NOTHING) -> Plan:
    """What the page shows of a file over its ``bases``. Raises ValueError or TypeError."""
    counts = inherited(bases) | said
    note = said.get("note", "")
    return Plan(
        name=said.get("name", "")[:LONGEST_NAME],
        note=note[:LONGEST_NOTE] if isinstance(note, str) else "",
        posts=[str(post) for post in counts.get("posts", [])],
        rules=PlanRules.model_validate(
            {name: value for name, value in counts.get("rules", {}).items() if _fits(name, value)}
        ),
        changes=said.get("changes", []),
    )


def besides(said: dict[str, Any], bases: dict[str, Any] = NOTHING) -> PlanBesides:
    """What a scenario's file says beyond what the page can show: its keys and the names of its
    rules; ``base`` likewise, where that is a scenario and not the pack."""
    plan, base = shown(said, bases), str(said.get("base", ""))
    cut = [key for key in ("name", "note") if said.get(key, "") != getattr(plan, key)]
    below = None
    if bases or base.endswith(".json"):
        # Changes add up; of anything else the file nearest to the top counts.
        counts = {key: value for key, value in bases.items() if key not in said or key == "changes"}
        below = BaseBesides(
            file=base,
            keys=tuple(key for key in counts if key not in ("name", "note", "base", *INHERITED)),
            rules=_unshown(inherited(counts).get("rules", {})),
        )
    keys = [key for key in said if key not in Plan.model_fields and key != "base"]
    return PlanBesides(keys=(*keys, *cut), rules=_unshown(said.get("rules", {})), base=below)


def inherited(bases: dict[str, Any]) -> dict[str, Any]:
    """What the page shows of the bases where the file itself doesn't say it."""
    return {
        key: bases[key]
        for key, kind in INHERITED.items()
        if isinstance(bases.get(key), kind)  # else the page goes without; reading it says why
    }


def _unshown(rules: dict[str, Any]) -> tuple[str, ...]:
    return tuple(name for name, value in rules.items() if not _is_shown(name, value))


def _is_shown(name: str, value: Any) -> bool:
    """Pre-emption is a tick on the page: it means these priorities, and no others."""
    return _fits(name, value) and (name != "preemption" or value in (None, {"by": 1, "of": 3}))


def _fits(name: str, value: Any) -> bool:
    """Has the page a field for this rule, with this among its values?"""
    try:
        PlanRules.model_validate({name: value})
    except ValidationError:
        return False
    return True


def written(plan: Plan) -> dict[str, Any]:
    """What is left at its default isn't written."""
    return plan.model_dump(exclude_defaults=True, exclude_none=True)


def altered(said: dict[str, Any], plan: Plan, bases: dict[str, Any] = NOTHING) -> dict[str, Any]:
    """A scenario's file with that altered in which the plan differs from what the page shows of it.

    Of its ``bases`` the file takes over what stays of their rules, which would count no more.
    """
    before, new = shown(said, bases), written(plan)
    fields = ("name", "note", "posts", "changes")
    keys = {key for key in fields if getattr(plan, key) != getattr(before, key)}
    found = _over(said, new, keys)
    if "note" in keys and isinstance(said.get("note"), str) and said["note"][LONGEST_NOTE:]:
        found["note"] = plan.note + said["note"][LONGEST_NOTE:]
    names = {name for name in PlanRules.model_fields if _differs(name, before.rules, plan.rules)}
    if names:
        keys.add("rules")
        rules = (inherited(bases) | said).get("rules", {})
        found["rules"] = _over(rules, new.get("rules", {}), names)
    for key, kind in INHERITED.items():
        if key in keys and not found.get(key):
            # Said to be empty where the bases would say something else.
            found = {one: value for one, value in found.items() if one != key}
            found |= {key: kind()} if key in bases else {}
    return found


def _differs(name: str, one: PlanRules, other: PlanRules) -> bool:
    return bool(getattr(one, name) != getattr(other, name))


def _over(old: dict[str, Any], new: dict[str, Any], keys: set[str]) -> dict[str, Any]:
    """``old`` with these keys as they are in ``new``, where some may be none."""
    kept = {key: value for key, value in old.items() if key not in keys or key in new}
    return kept | {key: new[key] for key in new if key in keys}
