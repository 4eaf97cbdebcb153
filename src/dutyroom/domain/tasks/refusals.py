"""Why something can't be done with a task, and what to do next."""

from typing import Final
from uuid import UUID

from dutyroom.core.text import Text
from dutyroom.domain.kernel import Refusal, refusal


def unknown_task(task: UUID) -> Refusal:
    return refusal(
        "UnknownTask",
        {"task": task},
        ("There is no such task.", "没有这项任务。"),
        ("Offer it first.", "请先下派任务。"),
    )


def task_exists(task: UUID, state: str) -> Refusal:
    return refusal(
        "TaskExists",
        {"task": task, "state": state},
        ("This task has been offered already.", "该任务已经下派。"),
        ("Reassign it to offer it to somebody else.", "如需交给其他人，请改派。"),
    )


def task_not_ready(task: UUID, state: str) -> Refusal:
    """It hasn't come so far."""
    words = {
        "offered": ("Nobody has accepted this task yet.", "该任务尚未接收。"),
        "accepted": ("Work on this task has not begun.", "该任务尚未开始办理。"),
        "in_progress": ("This task has not been submitted.", "该任务尚未提交。"),
        "submitted": ("This task has not been approved.", "该任务尚未审核通过。"),
    }
    steps = {
        "offered": ("It has to be accepted first.", "请先接收任务。"),
        "submitted": ("Approve it, or send it back.", "请审核通过，或发回重办。"),
        "returned": ("Reassign it, or withdraw it.", "请改派或撤回。"),
    }
    otherwise = ("Wait until its owner has submitted it.", "请等待承办人提交。")
    returned = ("This task was returned to who offered it.", "该任务已退回下派单位。")
    return refusal(
        "TaskNotReady",
        {"task": task, "state": state},
        words.get(state, returned),
        steps.get(state, otherwise),
    )


def task_has_moved_on(task: UUID, state: str, owner: str) -> Refusal:
    """Somebody was quicker, or it has come further than this."""
    words = {
        "offered": ("has been offered", "已下派"),
        "accepted": ("has been accepted", "已被接收"),
        "in_progress": ("is in progress", "正在办理"),
    }
    en, zh = words.get(state, ("has been submitted", "已提交审核"))
    by = (f" by {owner}", f"（{owner}）") if owner and state != "offered" else ("", "")
    return refusal(
        "TaskHasMovedOn",
        {"task": task, "state": state, "owner": owner},
        (f"This task {en}{by[0]} already.", f"该任务{zh}{by[1]}。"),
        (
            "Look at what has been done, and talk to its owner.",
            "请查看办理情况，并与承办人联系。",
        ),
    )


def task_work_recorded(task: UUID, what: str) -> Refusal:
    """It can't have been begun by mistake. `what`: step or result."""
    words = {
        "step": ("Steps of this task have been done.", "该任务已有完成的步骤。"),
        "result": ("This task has been submitted before.", "该任务曾提交审核。"),
    }
    return refusal(
        "TaskWorkRecorded",
        {"task": task, "what": what},
        words.get(what, words["step"]),
        ("Untick the steps first, or go on with it.", "请先取消已勾选的步骤，或继续办理。")
        if what == "step"
        else ("Go on with it, or return it.", "请继续办理，或退回。"),
    )


def task_is_over(task: UUID, state: str) -> Refusal:
    words = {
        "approved": ("has been approved", "已审核通过"),
        "joined": ("has been joined into another", "已并入其他任务"),
    }
    en, zh = words.get(state, ("has been withdrawn", "已撤回"))
    return refusal(
        "TaskIsOver",
        {"task": task, "state": state},
        (f"This task {en}.", f"该任务{zh}。"),
        ("Offer a new one if more is to be done.", "如仍需办理，请下派新任务。"),
    )


def task_is_of_another(task: UUID, owner: str) -> Refusal:
    return refusal(
        "TaskIsOfAnother",
        {"task": task, "owner": owner},
        (f"This task is with {owner}.", f"该任务由 {owner} 承办。")
        if owner
        else ("This task is with nobody yet.", "该任务暂无承办人。"),
        (
            "Leave it to its owner, or have it reassigned.",
            "请由承办人办理，或申请改派。",
        ),
    )


def task_needs_organisation(org: str) -> Refusal:
    return refusal(
        "TaskNeedsOrganisation",
        {"org": org},
        (f"There is no organisation “{org}” here.", f"没有“{org}”这个单位。")
        if org
        else ("A task is offered to an organisation.", "任务须下派到具体单位。"),
        ("Choose one from the list.", "请从列表中选择单位。"),
    )


def owner_not_of_organisation(owner: str, org: str, name: Text) -> Refusal:
    """`name`: what the organisation is called."""
    return refusal(
        "OwnerNotOfOrganisation",
        {"owner": owner, "org": org},
        (f"{owner} does no tasks for {name.en}.", f"{owner} 不承办{name.zh}的任务。"),
        (
            "Choose a member of it, or leave the task to one of its teams.",
            "请选择该单位的人员，或交给其所属队室。",
        ),
    )


_TEAMS: Final = {
    "command": Text("command office", "综合指挥室"),
    "community": Text("community team", "社区警务队"),
    "case": Text("case team", "办案队"),
}


def unknown_team(team: str, org: str, known: tuple[str, ...]) -> Refusal:
    """`known`: those that the organisation has."""
    names = [_TEAMS[one] for one in known if one in _TEAMS]
    en, zh = ", ".join(one.en for one in names), "、".join(one.zh for one in names)
    name = _TEAMS.get(team, Text(team, team))
    return refusal(
        "UnknownTeam",
        {"team": team, "org": org, "known": list(known)},
        (f"This organisation has no {name.en}.", f"该单位没有{name.zh}。"),
        (f"It has: {en}. Choose one of them, or none.", f"该单位设有：{zh}。请从中选择，或不指定。")
        if known
        else ("Leave the team out.", "请不要指定队室。"),
    )


def task_text_wrong(field: str, length: int, most: int) -> Refusal:
    """`field`: text, step, note or outcome."""
    return refusal(
        "TaskTextWrong",
        {"field": field, "length": length, "most": most},
        (
            f"This has at most {most} characters, and has {length}.",
            f"内容最多 {most} 字，现有 {length} 字。",
        )
        if length
        else ("Without words it says nothing.", "内容为空。"),
        ("Say in a few words what is to be done, or was.", "请简要写明要做或已做的事。"),
    )


def task_steps_wrong(most: int) -> Refusal:
    return refusal(
        "TaskStepsWrong",
        {"most": most},
        (
            f"A task has at most {most} steps, each of its own.",
            f"任务最多 {most} 个步骤，且不能重复。",
        ),
        ("Leave some out, or offer a second task.", "请减少步骤，或另行下派任务。"),
    )


def task_due_wrong(days: int) -> Refusal:
    return refusal(
        "TaskDueWrong",
        {"days": days},
        (
            f"A task is due at a time to come, within {days} days.",
            f"任务期限须晚于现在，且不超过 {days} 天。",
        ),
        ("Correct the time, or leave it out.", "请更正时间，或留空。"),
    )


def unknown_step(step: UUID) -> Refusal:
    return refusal(
        "UnknownStep",
        {"step": step},
        ("This task has no such step.", "该任务没有这个步骤。"),
        ("Choose one of its steps.", "请从任务步骤中选择。"),
    )


def nobody_to_return_to(task: UUID) -> Refusal:
    return refusal(
        "NobodyToReturnTo",
        {"task": task},
        (
            "This task is back with the organisation that offered it first.",
            "该任务已回到最初下派的单位。",
        ),
        ("Reassign it, or withdraw it.", "请改派或撤回。"),
    )


def own_submission(task: UUID) -> Refusal:
    return refusal(
        "OwnSubmission",
        {"task": task},
        ("You submitted this task yourself.", "该任务由您本人提交。"),
        ("Somebody else has to approve it.", "请由其他人员审核。"),
    )


def incident_takes_no_task(incident: UUID, state: str) -> Refusal:
    """`state`: none, closed or merged."""
    words = {
        "closed": ("The incident is closed.", "警情已办结。"),
        "merged": ("The incident was merged into another.", "警情已并入其他警情。"),
    }
    steps = {
        "closed": ("Reopen the incident first.", "请先对警情撤销办结。"),
        "merged": ("Go on in the incident that it was merged into.", "请在并入后的警情中操作。"),
    }
    return refusal(
        "IncidentTakesNoTask",
        {"incident": incident, "state": state},
        words.get(state, ("There is no such incident.", "没有此警情。")),
        steps.get(state, ("Open the incident first.", "请先建立警情。")),
    )


def time_before_task(occurred_at_ms: int, since_ms: int) -> Refusal:
    return refusal(
        "TimeBeforeTask",
        {"occurred_at_ms": occurred_at_ms, "since_ms": since_ms},
        ("This time lies before the last step of the task.", "所填时间早于任务的上一步。"),
        ("Enter a time after the last step.", "请填写上一步之后的时间。"),
    )


def complaint_of_own_station(org: str, number: str) -> Refusal:
    return refusal(
        "ComplaintOfOwnStation",
        {"org": org, "number": number},
        (
            f"{number} is a complaint about an officer of this organisation.",
            f"{number} 为投诉民警的警情，被投诉民警属于该单位。",
        ),
        (
            "Choose an organisation where that officer doesn't serve.",
            "请选择被投诉民警所在派出所以外的单位。",
        ),
    )


def task_parts_wrong(most: int) -> Refusal:
    return refusal(
        "TaskPartsWrong",
        {"most": most},
        (
            f"A task is split into 1 to {most} parts, each of its own.",
            f"任务可拆分为 1 至 {most} 个部分，且不能重复。",
        ),
        ("Leave some out, or split it once more.", "请减少部分，或再次拆分。"),
    )


def tasks_of_two_matters(task: UUID, into: UUID) -> Refusal:
    return refusal(
        "TasksOfTwoMatters",
        {"task": task, "into": into},
        (
            "Only two tasks of one incident can be joined.",
            "只有同一警情的两项任务才能合并。",
        ),
        ("Choose another task of this incident.", "请选择该警情的其他任务。"),
    )


def task_not_of_incident(task: UUID, incident: UUID) -> Refusal:
    return refusal(
        "TaskNotOfIncident",
        {"task": task, "incident": incident},
        ("This incident has no such open task.", "该警情没有这项未完成的任务。"),
        (
            "Choose one of its open tasks, or leave the task out.",
            "请选择该警情未完成的任务，或不指定任务。",
        ),
    )
