"""Checks the YAML of the dbt project against the JSON schemas that the dbt wheel carries.

On DuckDB, dbt itself passes a misspelt key (`materialised:`) in silence.
"""

import json
import sys
from collections.abc import Iterator
from importlib import resources
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft7Validator

_PROJECT_FILE = "dbt_project.yml"
_DIRECTORIES = ("models", "seeds", "macros")


def main() -> int:
    """Check every YAML file and print what is wrong, with the file and the place in it."""
    problems = [problem for path in _files() for problem in _problems(path)]
    for problem in problems:
        print(problem)
    return 1 if problems else 0


def _files() -> list[Path]:
    found = [Path(_PROJECT_FILE)]
    for directory in _DIRECTORIES:
        found += sorted(Path(directory).rglob("*.yml"))
    return found


def _problems(path: Path) -> Iterator[str]:
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    if content is None:
        yield f"{path}: empty"
        return
    schema = _project_schema() if path.name == _PROJECT_FILE else _resource_schema()
    for error in Draft7Validator(schema).iter_errors(content):
        place = "/".join(str(part) for part in error.absolute_path)
        yield f"{path}: {place}: {error.message[:300]}"


def _resource_schema() -> dict[str, Any]:
    return _load("resources")


def _project_schema() -> dict[str, Any]:
    return _load("project")


def _load(kind: str) -> dict[str, Any]:
    directory = resources.files("dbt.jsonschemas").joinpath(kind)
    names = [entry.name for entry in directory.iterdir() if entry.name.endswith(".json")]
    name = "latest.json" if "latest.json" in names else max(names, key=_version)
    schema: dict[str, Any] = json.loads(directory.joinpath(name).read_text(encoding="utf-8"))
    return schema


def _version(name: str) -> tuple[int, ...]:
    return tuple(int(part) for part in name.removesuffix(".json").split("."))


if __name__ == "__main__":
    sys.exit(main())
