"""What a command about a notice needs to have loaded, and what policy may look at."""

from collections.abc import Iterator

from dutyroom.domain.context import Context
from dutyroom.domain.kernel import About, Ask
from dutyroom.domain.notices.commands import PostNotice
from dutyroom.domain.notices.decide import NoticeCommand
from dutyroom.domain.notices.known import Present
from dutyroom.domain.notices.state import NoticeState


def asks_of_notice(command: NoticeCommand, _context: Context) -> Iterator[Ask]:
    """The notice; when it is posted the one that it replaces, and who is there to read it."""
    yield f"notice:{command.notice}"
    if isinstance(command, PostNotice):
        yield Present(command.org)
        if command.replaces:
            yield f"notice:{command.replaces}"


def about_notice(command: NoticeCommand, context: Context) -> About:
    """The organisation that it was posted for; of one that is being posted, that it is for."""
    state = context.find(NoticeState, f"notice:{command.notice}")
    if state is not None:
        return About(org=state.posted.org)
    return About(org=command.org if isinstance(command, PostNotice) else None)
