"""What the planner's page shows of a scenario's file, and what a planner alters in it there."""

from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

LONGEST_NAME: Final = 80
LONGEST_NOTE: Final = 2000

type Id = Annotated[str, Field(min_length=1, max_length=80, pattern=r"^[\x21-\x7e]+$")]


class Strict(BaseModel):
    """Closed and frozen."""

    model_config = ConfigDict(extra="forbid", frozen=True)


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


def shown(said: dict[str, Any]) -> Plan:
    """What the page shows of a scenario's file. Raises ValueError or TypeError."""
    note = said.get("note", "")
    return Plan(
        name=said.get("name", "")[:LONGEST_NAME],
        note=note[:LONGEST_NOTE] if isinstance(note, str) else "",
        posts=[str(post) for post in said.get("posts", [])],
        rules=PlanRules.model_validate(
            {name: value for name, value in said.get("rules", {}).items() if _fits(name, value)}
        ),
        changes=said.get("changes", []),
    )


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


def altered(said: dict[str, Any], before: Plan, plan: Plan) -> dict[str, Any]:
    """A scenario's file with that altered in which the plan differs from what was shown before."""
    new = written(plan)
    fields = ("name", "note", "posts", "changes")
    found = _over(said, new, {key for key in fields if getattr(plan, key) != getattr(before, key)})
    names = {name for name in PlanRules.model_fields if _differs(name, before.rules, plan.rules)}
    if names:
        found["rules"] = _over(said.get("rules", {}), new.get("rules", {}), names)
        if not found["rules"]:
            del found["rules"]
    return found


def _differs(name: str, one: PlanRules, other: PlanRules) -> bool:
    return bool(getattr(one, name) != getattr(other, name))


def _over(old: dict[str, Any], new: dict[str, Any], keys: set[str]) -> dict[str, Any]:
    """``old`` with these keys as they are in ``new``, where some may be none."""
    kept = {key: value for key, value in old.items() if key not in keys or key in new}
    return kept | {key: new[key] for key in new if key in keys}
