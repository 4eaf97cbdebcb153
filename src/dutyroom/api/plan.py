"""The planner's desk: plans, their rehearsals, and what comes of them."""

from io import BytesIO
from typing import Annotated

import msgspec
from django.conf import settings
from django.http import FileResponse, HttpRequest
from ninja import Path, Query, Router

from dutyroom.actions import runtime
from dutyroom.actions.clock import now_ms
from dutyroom.api.answers import may_answer
from dutyroom.api.asking import Refused, doer, reader
from dutyroom.citypack.answers import NamedThing
from dutyroom.core.text import Text
from dutyroom.planning.answers import (
    DeletedPlan,
    DrawnPlan,
    KeptPlan,
    PlansDesk,
    PlanUnit,
    Replay,
    Run,
)
from dutyroom.planning.plans import (
    TODAY,
    NoPlan,
    Plans,
    SavedByAnother,
    TooManyPlans,
    points_of,
)
from dutyroom.planning.replay import replay
from dutyroom.planning.runs import MOST_CALLS, Asked, Running, Runs
from dutyroom.planning.shown import Plan
from dutyroom.rehearsal.scenario.change_words import in_words

router = Router(tags=["plan"])
_runs = Runs(settings.HOME.plan_runs)


@router.get("/plan")
def everything(request: HttpRequest) -> PlansDesk:
    """What a plan may change, the plans that there are, and the runs that are kept."""
    reader(request, "plan")
    pack, plans = runtime.room().pack, _plans()
    return PlansDesk(
        units=tuple(
            PlanUnit(
                id=unit.id,
                kind=unit.kind,
                station=unit.station,
                capabilities=tuple(sorted(unit.capabilities)),
            )
            for unit in pack.units
        ),
        points=points_of(pack),
        streets=tuple(NamedThing(id=s.id, en=s.name.en, zh=s.name.zh) for s in pack.streets),
        plans=tuple(_described(plans, key) for key in (TODAY, *plans.ids())),
        runs=_runs.latest(),
    )


@router.post("/plan/plans")
@may_answer(404, 409)
def add(
    request: HttpRequest, body: Plan, copy_of: str | None = None, version: str = ""
) -> KeptPlan:
    """Keep a new plan; answers its id. A copy keeps what else the file of that plan says; one of
    a deleted plan is that plan again, if it is of the version that was deleted."""
    doer(request, "plan.save")
    return _saved(None, body, copy_of, version)


@router.post("/plan/plans/{plan}")
@may_answer(404, 409)
def change(request: HttpRequest, plan: str, body: Plan, version: str = "") -> KeptPlan:
    """Keep a plan as it is now, over the version that was opened and no other."""
    doer(request, "plan.save")
    return _saved(plan, body, None, version)


@router.delete("/plan/plans/{plan}")
@may_answer(404)
def delete(request: HttpRequest, plan: str) -> DeletedPlan:
    """A run of it keeps what it needs, and a copy of it brings it back."""
    doer(request, "plan.delete")
    plans = _plans()
    with plans.alone():
        last = _described(plans, plan)
        plans.delete(plan)
    return DeletedPlan(deleted=plan, plan=last.plan, version=last.version)


@router.get("/plan/plans/{plan}/scenario.zip")
@may_answer(404)
def scenario(request: HttpRequest, plan: str) -> FileResponse:
    """The plan with its city, to be rehearsed from any command line."""
    reader(request, "plan")
    bundle = BytesIO(_plans().bundle(plan))
    return FileResponse(
        bundle, as_attachment=True, filename=f"{plan}.zip", content_type="application/zip"
    )


@router.post("/plan/runs")
@may_answer(404, 409)
def begin(request: HttpRequest, body: Asked) -> Run:
    """Rehearse plans side by side, in a process that gives way to the room; answers the run."""
    doer(request, "plan.rehearse")
    if body.most_calls > MOST_CALLS:
        raise Refused(
            "too_many_calls",
            Text(
                f"These would be {body.most_calls:,.0f} calls in each repetition; "
                f"{MOST_CALLS:,} are the most.",
                f"每次仿真将有 {body.most_calls:,.0f} 起报警，最多为 {MOST_CALLS:,} 起。",
            ),
            Text(
                "Take fewer calls an hour, or a shorter period.", "请减少每小时报警数或缩短时段。"
            ),
        )
    try:
        key = _runs.start(_plans(), body, now_ms())
    except Running as error:
        raise Refused(
            "plan_running",
            Text("A rehearsal is running already.", "已有推演正在进行。"),
            Text("Wait until it is done, or stop it.", "请等待其完成，或将其停止。"),
        ) from error
    return _runs.state(key)


@router.get("/plan/runs/{run}")
@may_answer(404)
def state(request: HttpRequest, run: str) -> Run:
    """How far a run is, and its figures when it is done."""
    reader(request, "plan")
    return _runs.state(run, with_result=True)


@router.delete("/plan/runs/{run}")
@may_answer(404)
def stop(request: HttpRequest, run: str) -> Run:
    """Stop a run."""
    doer(request, "plan.rehearse")
    _runs.stop(run)
    return _runs.state(run)


@router.get("/plan/runs/{run}/replay/{number}")
@may_answer(404)
def watch(
    request: HttpRequest,
    run: str,
    number: Annotated[int, Path(ge=0, lt=8)],
    from_h: Annotated[float, Query(ge=0, le=8784)] = 0,
    hours: Annotated[float, Query(gt=0, le=24)] = 24,
) -> Replay:
    """What the units of a plan did in a stretch of its first replication."""
    reader(request, "plan")
    names = ("units.parquet", "calls.parquet", "points.json")
    units, calls, points = (_runs.file(run, f"{number}/{name}") for name in names)
    return replay(units, calls, points, from_h, hours)


@router.get("/plan/runs/{run}/files/{path:name}")
@may_answer(404)
def file(request: HttpRequest, run: str, name: str) -> FileResponse:
    """The report, the figures as CSV, or a plan's records."""
    reader(request, "plan")
    path = _runs.file(run, name)
    return FileResponse(path.open("rb"), as_attachment=True, filename=path.name)


def _plans() -> Plans:
    return Plans(settings.HOME.plans, settings.HOME.packs / runtime.room().pack.hash)


def _saved(key: str | None, plan: Plan, copy_of: str | None, version: str) -> KeptPlan:
    plans = _plans()
    try:
        with plans.alone():  # until it is read again: no other save comes between
            return _described(plans, plans.save(key, plan, copy_of, version))
    except TooManyPlans as error:
        raise Refused(
            "too_many_plans",
            Text("There are as many plans as may be.", "方案数量已达上限。"),
            Text("Delete some first.", "请先删除部分方案。"),
        ) from error
    except SavedByAnother as error:
        raise Refused(
            "plan_saved_meanwhile",
            Text(
                "Somebody else has saved this plan since you opened it.",
                "您打开此方案后，已有他人保存过。",
            ),
            Text(
                "Your changes are kept here: save them as a copy, or look at theirs and go on "
                "from there.",
                "您的改动仍保留在此：可另存为副本，或查看对方的方案并在其基础上继续。",
            ),
        ) from error


def _described(plans: Plans, key: str) -> KeptPlan:
    """A plan with its id; without ``plan`` where its file can't be read any more."""
    try:
        # First: what is saved meanwhile is then shown as an older version, and never the reverse.
        version = plans.version(key)
        plan = plans.load(key)
    except NoPlan:
        return KeptPlan(id=key, plan=None, version="", current=False, besides=None, told=())
    return KeptPlan(
        id=key,
        plan=msgspec.convert(plan.model_dump(), DrawnPlan),
        version=version,
        current=plans.is_current(key),
        besides=plans.besides(key),
        told=tuple(
            in_words(str(change.get("do", "")), {k: v for k, v in change.items() if k != "do"})
            for change in plan.changes
        ),
    )
