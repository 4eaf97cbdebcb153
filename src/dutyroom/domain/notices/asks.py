"""What a command about a notice needs to have loaded."""

from collections.abc import Iterator

from dutyroom.domain.context import Context
from dutyroom.domain.kernel import Ask
from dutyroom.domain.notices.commands import PostNotice
from dutyroom.domain.notices.decide import NoticeCommand
from dutyroom.domain.notices.known import Present


def asks_of_notice(command: NoticeCommand, _context: Context) -> Iterator[Ask]:
    """The notice; when it is posted the one that it replaces, and who is there to read it."""
    yield f"notice:{command.notice}"
    if isinstance(command, PostNotice):
        yield Present(command.org)
        if command.replaces:
            yield f"notice:{command.replaces}"
