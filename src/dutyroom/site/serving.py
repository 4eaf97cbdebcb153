"""Starting: Django, the database's tables, the server."""

import os

import click


def configure() -> None:
    """Set Django up; safe to call twice."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dutyroom.site.settings")
    import django

    django.setup()


def prepare() -> None:
    """Make the room's folder, its key and its tables, or bring them up to date."""
    configure()
    from django.conf import settings
    from django.core.management import call_command

    settings.HOME.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    call_command("migrate", verbosity=0, interactive=False)
    from dutyroom.actions.room import centre_key

    centre_key()


def must_be_free(host: str, port: int) -> None:
    """Refuse an address that somebody else answers at, before anything is started."""
    import socket

    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise click.ClickException(
                f"{host}:{port} can't be used ({error.strerror}). Choose another: --port {port + 1}"
            ) from error


def run(host: str, port: int) -> None:
    """Serve until Ctrl-C; what is being written is finished first."""
    import uvicorn

    from dutyroom.actions import runtime
    from dutyroom.projections.packs import NoPack

    must_be_free(host, port)
    try:
        runtime.room()
    except NoPack as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"Dutyroom is at http://{host}:{port}/  (Ctrl-C stops it)")
    uvicorn.run(
        "dutyroom.site.asgi:application",
        host=host,
        port=port,
        log_level="warning",
        timeout_graceful_shutdown=3,
    )
