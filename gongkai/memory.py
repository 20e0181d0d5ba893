"""How much memory a reader's process holds, and the limit that it cannot pass.

Two guards, because a bad document takes memory in two ways: little by little, which the build sees
by looking at the process (it then ends that process and says so), and all at once, which only
the system can refuse. Both need Linux; elsewhere nothing is limited.
"""

import os
import sys
from pathlib import Path

MEGABYTE = 1024 * 1024
LOOK_EVERY = 0.1
"""Seconds between two looks at a process."""
_BEYOND = 2
"""The system refuses at so many times the limit: what is asked for is not all used."""


def held_bytes(process_id: int | None) -> int:
    """The memory that a process holds (resident), in bytes; 0 where it is gone or not known."""
    try:
        pages = Path(f"/proc/{process_id}/statm").read_text(encoding="ascii").split()[1]
    except (OSError, IndexError):
        return 0
    return int(pages) * os.sysconf("SC_PAGE_SIZE")


def refuse_beyond(limit: int) -> None:
    """Have the system refuse this process, and what it starts, far more than ``limit`` bytes.

    Python raises MemoryError then; a library in C may end the process.
    """
    if sys.platform == "linux":
        import resource

        _, most = resource.getrlimit(resource.RLIMIT_DATA)
        wanted = limit * _BEYOND
        if most == resource.RLIM_INFINITY or wanted < most:
            resource.setrlimit(resource.RLIMIT_DATA, (wanted, most))
