"""Starting: Django, the database's tables, the server."""

import os
import socket
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING

from dutyroom.machine import ports
from dutyroom.machine.child import Child
from dutyroom.machine.home import home
from dutyroom.site.cannot import Cannot
from dutyroom.site.to_read import is_to_read

if TYPE_CHECKING:
    import uvicorn


def configure() -> None:
    """Set Django up, once: a second time it would close the handlers of every log, and those of
    some libraries (absl) close standard error with them."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dutyroom.site.settings")
    import django
    from django.apps import apps

    if not apps.ready:
        django.setup()


def prepare() -> None:
    """Make the room's folder, its key and its tables, or bring them up to date. Refuses a journal
    that isn't fit to be served."""
    configure()
    _bring_up_to_date()
    from django.conf import settings

    from dutyroom.journal.opening import fit_key  # not the room's: its engine takes long to load

    fit_key(settings.HOME.key)


def _bring_up_to_date() -> None:
    """Make the tables that are missing. Django's own command takes a tenth of a second to find that
    there are none; every command begins with this."""
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", verbosity=0, interactive=False)


def must_be_a_room() -> None:
    """Refuse a home without a room and make nothing there: its name may be mistyped. Sets Django
    up. Raises `Cannot` and `HomeRefused`."""
    found = home()
    refused = Cannot(
        f"there is no room in {found.folder} yet: dutyroom pack adopt FOLDER opens one. If yours "
        "is elsewhere, set DUTYROOM_HOME (and DUTYROOM_DATABASE), or give dutyroom --home FOLDER"
    )
    elsewhere = os.environ.get("DUTYROOM_DATABASE", "") and not found.practice_file.is_file()
    if not elsewhere and not found.database.exists():
        if found.folder.exists():
            found.taken(to_read=is_to_read())
        raise refused
    configure()
    from django.db import connection

    from dutyroom.journal.models import JournalEntry

    if JournalEntry._meta.db_table not in connection.introspection.table_names():
        raise refused


def prepare_existing() -> None:
    """`prepare`, but only in a room that is there already. Raises `Cannot`."""
    must_be_a_room()
    prepare()


def must_be_free(host: str, port: int) -> None:
    """Refuse an address that somebody else answers at, before anything is started."""
    hold(host, port).close()


def hold(host: str, port: int) -> socket.socket:
    """The address, ours from now on; the refusal names a port that can be had."""
    try:
        return ports.hold(host, port)
    except ports.PortTaken as error:
        if error.no_host:
            raise Cannot(
                f"{error}. Give --host an address of this machine: 127.0.0.1 for itself alone"
            ) from error
        other = ports.next_free(host, min(port + 1, ports.LAST))
        raise Cannot(f"{error}. Choose another: --port {other}") from error


def run(
    host: str,
    port: int,
    say: Callable[[str], None],
    opened: Callable[[], None] = lambda: None,
) -> None:
    """Serve until Ctrl-C; what is being written is finished first. ``say`` is given the address;
    ``opened`` is called once this server itself listens: that somebody answers at the address may
    be said of another one too. Raises `Cannot`."""
    from django.db import connections

    from dutyroom.actions import runtime
    from dutyroom.projections.packs import NoPack

    with hold(host, port) as held:
        try:
            runtime.room()
        except NoPack as error:
            raise Cannot(str(error)) from error
        connections.close_all()  # this thread needs none any more
        say(f"Dutyroom is at http://{host}:{port}/  (Ctrl-C stops it)")
        _allow_connections()
        server = _reporting(_config(), opened)
        with suppress(KeyboardInterrupt):  # it has shut down in good order by then
            server.run(sockets=[held])
    if not server.started:
        raise Cannot("the server could not be started; see above")


def _config() -> "uvicorn.Config":
    import uvicorn

    from dutyroom.site.connection import LARGEST_HEAD, Connection

    return uvicorn.Config(
        "dutyroom.site.asgi:application",
        http=Connection,
        ws="none",
        h11_max_incomplete_event_size=LARGEST_HEAD,
        log_level="warning",
        timeout_graceful_shutdown=3,
    )


def serve_with(
    player: list[str],
    host: str,
    port: int,
    say: Callable[[str], None],
    opened: Callable[[], None],
) -> None:
    """The server here, the player (a module and its arguments) in a process of its own, which ends
    with this one, however that ends. ``opened`` is called once the server listens."""
    children: list[Child] = []

    def begin() -> None:
        children.append(Child(player))
        opened()

    try:
        run(host, port, say, begin)
    finally:
        for child in children:
            child.end(within_s=10.0)


def _allow_connections() -> None:
    """As many open files as the system lets us have: each connection is one."""
    try:
        import resource
    except ImportError:  # not a Unix
        return
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def _reporting(config: "uvicorn.Config", opened: Callable[[], None]) -> "uvicorn.Server":
    """A server that says when it listens."""
    import uvicorn

    class Reporting(uvicorn.Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            if self.started:
                opened()

    return Reporting(config)
