"""Why a build ends without publishing; each text is one line, complete without a traceback."""

import errno
from pathlib import Path

from extract.errors import GongkaiError

DISK_FULL_ERRNOS = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_DISK_FULL_TEXTS = ("no space left on device", "disk quota exceeded", "file too large", "disk full")


class BuildError(GongkaiError):
    """Nothing was published; the text says why and what to do."""


def is_disk_full(error: BaseException) -> bool:
    """Tell whether an error, or one that caused it, means that the disk is full.

    DuckDB reports it as text, the operating system as a number.
    """
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, OSError) and cause.errno in DISK_FULL_ERRNOS:
            return True
        if mentions_full_disk(str(cause)):
            return True
        cause = cause.__cause__ or cause.__context__
    return False


def mentions_full_disk(text: str) -> bool:
    """Tell whether a message of another program (dbt, DuckDB) says that the disk is full."""
    lowered = text.lower()
    return any(sign in lowered for sign in _DISK_FULL_TEXTS)


def disk_full(directory: Path, what: str = "build") -> BuildError:
    """Make the error for a disk that filled while ``what`` wrote below ``directory``."""
    return BuildError(f"the disk is full at {directory}; free some space and run the {what} again")
