"""What may be done with a notice in which state."""

from typing import Final

from dutyroom.domain.kernel import table

NOTICE: Final = table(
    "none posted withdrawn replaced expired",
    {
        "notice.post": "GO DONE NoticeIsOver NoticeIsOver NoticeIsOver",
        "<notice.post>": "UnknownNotice GO NoticeIsOver NoticeIsOver NoticeIsOver",
        "notice.acknowledge": "UnknownNotice GO NoticeIsOver NoticeIsOver NoticeIsOver",
        "notice.withdraw": "UnknownNotice GO DONE NoticeIsOver NoticeIsOver",
    },
)
"""`<notice.post>`: the older notice that a new one replaces."""
