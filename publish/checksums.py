"""Checksums of the files of a directory, as `sha256sum` writes and reads them."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

SUMS = "SHA256SUMS"


def sha256(path: Path) -> str:
    """Digest a file, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write_sums(directory: Path) -> int:
    """Write the checksums of all files below a directory; return their size together, in bytes."""
    files = sorted(path for path in directory.rglob("*") if path.is_file())
    lines = [f"{sha256(path)}  {path.relative_to(directory).as_posix()}\n" for path in files]
    (directory / SUMS).write_text("".join(lines), encoding="utf-8", newline="\n")
    return sum(path.stat().st_size for path in files)


def read_sums(directory: Path) -> dict[str, str]:
    """Read the checksums of a directory by the path of the file in it."""
    lines = (directory / SUMS).read_text(encoding="utf-8").splitlines()
    return {name: digest for digest, _, name in (line.partition("  ") for line in lines)}


def damaged_files(directory: Path) -> Iterator[str]:
    """Find the files that are not there, or not what their checksum says."""
    for name, digest in read_sums(directory).items():
        path = directory / name
        if not path.is_file() or sha256(path) != digest:
            yield name
