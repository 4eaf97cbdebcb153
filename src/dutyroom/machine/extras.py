"""Parts of Dutyroom that are installed by name, and what to say where one is missing."""

from typing import Final

EXTRAS: Final = {
    "matplotlib": "rehearsal",
    "ortools": "rehearsal",
    "pyarrow": "rehearsal",
    "dask": "cluster",
    "distributed": "cluster",
    "chinese_calendar": "holidays",
    "holidays": "holidays",
    "psycopg": "postgres",
    "psycopg2": "postgres",
}
"""The extra that brings a package, by the name that it is imported by."""


def missing_extra(error: BaseException) -> str | None:
    """The command that installs what an import didn't find; None if it was something else."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ModuleNotFoundError):
            extra = EXTRAS.get((cause.name or "").partition(".")[0])
            if extra:
                return (
                    f"this needs the extra {extra!r}, which isn't installed here: "
                    f"pip install 'dutyroom[{extra}]'"
                )
        cause = cause.__cause__ or cause.__context__
    return None
