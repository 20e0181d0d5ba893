"""What every test may use: the shared documents, where there are any."""

import os
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("GONGKAI_SHARED") or PROJECT.parent / "shared")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave out the tests of the shared documents by name when there are none."""
    if (SHARED / "disclosures").is_dir():
        return
    reason = f"no shared documents at {SHARED} (GONGKAI_SHARED names their directory)"
    for item in items:
        if item.get_closest_marker("shared"):
            item.add_marker(pytest.mark.skip(reason=reason))


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the directory of the shared documents; the test carries the mark `shared`."""
    return SHARED
