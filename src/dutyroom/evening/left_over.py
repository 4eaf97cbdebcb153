"""What is left to do in the demo city from yesterday, in words: matters, with the tasks on them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from dutyroom.core.text import Text
from dutyroom.domain.tasks.commands import TaskKind, Team
from dutyroom.evening.halves import both

type Until = Literal[
    "offered", "accepted", "in_progress", "submitted", "sent_back", "approved", "returned"
]


@dataclass(frozen=True, slots=True)
class Work:
    """One task. ``due_h``: by when it is wanted, in hours from now; ``until``: how far it has come.
    ``within``: offered by the station's own command office. ``named``: to the officer who can sign
    in to the demo."""

    kind: TaskKind
    team: Team
    what: Text
    due_h: float
    until: Until
    steps: tuple[Text, ...] = ()
    within: bool = False
    named: bool = False


@dataclass(frozen=True, slots=True)
class Matter:
    """An incident that a patrol met: at the station of this number, so many hours ago.
    ``waits_h``: so long ago the clock of its approval was paused, until the caller is heard."""

    station: int
    category: str
    hours_ago: float
    said: Text
    work: tuple[Work, ...] = ()
    chased: bool = False
    waits_h: float | None = None


MATTERS: Final[tuple[Matter, ...]] = (
    Matter(
        0,
        "POL-DISPUTE",
        20.0,
        Text("Water comes through the ceiling; the flats quarrel.", "楼上漏水，两家争执。"),
        (
            Work(
                "mediate",
                "community",
                Text("Mediate between the two flats about the leak", "就漏水问题为两户调解"),
                -2.0,
                "in_progress",
                (
                    Text("Look at the ceiling together", "双方一起查看天花板"),
                    Text("Agree on who repairs, and by when", "商定由谁维修、何时完成"),
                ),
            ),
            Work(
                "call_back",
                "",
                Text("Ask whether the leak has stopped", "回访漏水是否已止住"),
                6.0,
                "offered",
            ),
        ),
        chased=True,
    ),
    Matter(
        0,
        "POL-THEFT",
        18.0,
        Text("An e-bike is gone from the yard.", "院内电动车丢失。"),
        (
            Work(
                "investigate",
                "case",
                Text("Collect the footage of the yard gate", "调取院门监控录像"),
                8.0,
                "submitted",
                (
                    Text("From the property office", "联系物业"),
                    Text("Note the times", "记录时间点"),
                ),
            ),
            Work(
                "prevent",
                "community",
                Text("Show residents how to lock batteries", "向居民讲解电池防盗"),
                50.0,
                "accepted",
            ),
            Work(
                "visit",
                "community",
                Text("Ask the caretaker what was seen in the evening", "走访门卫，了解当晚情况"),
                5.0,
                "offered",
                (
                    Text("Ask the caretaker", "询问门卫"),
                    Text("Ask the shop at the gate", "询问门口商店"),
                ),
                named=True,
            ),
        ),
    ),
    Matter(
        0,
        "POL-DAMAGE",
        16.0,
        Text("A shop window is broken.", "商店橱窗被砸。"),
        (
            Work(
                "investigate",
                "case",
                Text("Ask the shops opposite for footage", "向对面商铺调取录像"),
                -1.0,
                "offered",
            ),
            Work(
                "check",
                "community",
                Text("See that the window is boarded up", "查看橱窗是否已封好"),
                3.0,
                "approved",
            ),
            Work(
                "hand_over",
                "case",
                Text("Pass the estimate of the damage on", "移交损失估价材料"),
                26.0,
                "returned",
                within=True,
            ),
        ),
    ),
    Matter(
        1,
        "POL-SUSPICIOUS",
        17.0,
        Text("Somebody tries the doors of parked cars.", "有人逐辆拉车门。"),
        (
            Work(
                "visit",
                "community",
                Text("Ask in the car park who saw it", "走访停车场目击人员"),
                4.0,
                "in_progress",
            ),
            Work(
                "check",
                "",
                Text("Look at the lighting of the car park", "检查停车场照明"),
                20.0,
                "offered",
            ),
        ),
    ),
    Matter(
        1,
        "POL-FRAUD",
        15.0,
        Text("Money sent after a false parcel message.", "收到虚假快递短信后转账。"),
        (
            Work(
                "investigate",
                "case",
                Text("Take the record of the transfer", "固定转账记录"),
                10.0,
                "submitted",
            ),
            Work(
                "call_back",
                "case",
                Text("Say whether the payment was stopped", "回告止付结果"),
                -1.5,
                "accepted",
            ),
        ),
        chased=True,
    ),
    Matter(
        2,
        "AID-WELFARE",
        19.0,
        Text("Nobody opens, the relatives are worried.", "敲门无人应，家属担心。"),
        (
            Work(
                "visit",
                "community",
                Text("Visit again in the morning", "上午再次走访"),
                2.0,
                "approved",
            ),
            Work(
                "check",
                "community",
                Text("Leave a telephone number at the door", "门口留下求助电话"),
                -4.0,
                "offered",
            ),
        ),
    ),
    Matter(
        2,
        "POL-DISPUTE",
        14.0,
        Text("Two market stalls quarrel about the space.", "两个摊位因占位争执。"),
        (
            Work(
                "mediate",
                "",
                Text("Settle the lines with the market office", "会同市场管理方划定摊位"),
                7.0,
                "returned",
            ),
            Work(
                "prevent",
                "community",
                Text("Walk through the market at opening time", "开市时段巡查市场"),
                30.0,
                "in_progress",
            ),
        ),
    ),
    Matter(
        3,
        "POL-THEFT",
        13.0,
        Text("A bag was taken from a counter.", "柜台上的包被拿走。"),
        (
            Work(
                "investigate",
                "case",
                Text("Look through the shop's cameras", "查看店内监控"),
                7.0,
                "accepted",
            ),
            Work(
                "visit",
                "community",
                Text("Ask the staff of the evening shift", "走访晚班店员"),
                2.0,
                "sent_back",
            ),
        ),
        chased=True,
    ),
    Matter(
        2,
        "POL-DOMESTIC",
        4.35,
        Text(
            "A quarrel about a key; one of them comes tomorrow.", "为钥匙争吵，一方约定明天到所。"
        ),
        waits_h=0.3,
    ),
    Matter(0, "POL-DOMESTIC", 3.4, Text("A loud quarrel at home.", "家中大声争吵。")),
    Matter(1, "POL-DOMESTIC", 1.2, Text("A quarrel on the stairs.", "楼道内家人争吵。")),
)
"""The last three need the approval of a supervisor, and wait for it; of the first one there is less
than a tenth of the time left."""

CHASES: Final[tuple[Text, ...]] = (
    Text("It still drips. When does somebody come?", "还在滴水，什么时候有人来？"),
    Text("I want to know about my money.", "我想问问我的钱有消息没有。"),
    Text("Has my bag been found?", "我的包找到了吗？"),
)

USUAL: Final[tuple[tuple[TaskKind, Team, Text], ...]] = (
    ("visit", "community", Text("Visit again and ask how it is", "回访走访，了解近况")),
    ("call_back", "", Text("Tell the caller what was done", "向报警人告知处理结果")),
    ("check", "community", Text("Look at the place once more", "再次查看现场")),
    ("investigate", "case", Text("Ask for footage nearby", "调取周边录像")),
)
"""What a matter of this evening leaves."""

_CAME_OF_IT: Final[Mapping[TaskKind, Text]] = {
    "investigate": Text("Footage secured, times noted.", "录像已调取，时间点已记录。"),
    "visit": Text("Spoken to two people on the spot.", "已现场走访两人并记录。"),
    "mediate": Text("Both sides agree, and signed.", "双方达成一致并签字。"),
    "call_back": Text("Reached and informed.", "已接通并告知。"),
    "hand_over": Text("Handed over against a receipt.", "已移交，对方签收。"),
    "prevent": Text("Advice given, leaflets left.", "已宣传提示，发放资料。"),
    "check": Text("Looked at; in order.", "已查看，情况正常。"),
    "custom": Text("Done as asked.", "已按要求办理。"),
}


OUTCOMES: Final[Mapping[TaskKind, str]] = {kind: both(said) for kind, said in _CAME_OF_IT.items()}
