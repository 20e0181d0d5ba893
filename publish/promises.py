"""What the models promise of their tables, read from the YAML beside them.

A publication carries types and comments; keys, references and closed lists of words are the tests
that dbt ran before it was published, so they are read where dbt reads them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

MODELS = Path(__file__).resolve().parent.parent / "models"


@dataclass(frozen=True)
class Reference:
    """A column whose values stand in ``field`` of the model ``model``."""

    column: str
    model: str
    field: str


@dataclass(frozen=True)
class Promises:
    """What is tested of a model: columns without NULL, keys, references, lists of words.

    ``keys`` are combinations of columns that no two rows share, single columns first.
    """

    required: frozenset[str] = frozenset()
    keys: tuple[tuple[str, ...], ...] = ()
    references: tuple[Reference, ...] = ()
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


NOTHING_PROMISED = Promises()


def read_promises(models: Path = MODELS) -> dict[str, Promises]:
    """Read the promises of every model below ``models`` by its name.

    A test that is held to some rows only (``where``) or that only warns promises nothing.
    """
    promises = {}
    for path in sorted(models.rglob("*.yml")):
        content = yaml.safe_load(path.read_text("utf-8")) or {}
        for model in content.get("models", []):
            promises[model["name"]] = _promises(model)
    return promises


def _promises(model: Mapping[str, Any]) -> Promises:
    required, single, combined, references, words = set(), [], [], [], {}
    for column in model.get("columns", []):
        name = column["name"]
        for test, arguments in _tests(column):
            if test == "not_null":
                required.add(name)
            elif test == "unique":
                single.append((name,))
            elif test == "relationships":
                target = arguments["to"].removeprefix("ref('").removesuffix("')")
                references.append(Reference(name, target, arguments["field"]))
            elif test == "accepted_values":
                words[name] = tuple(arguments["values"])
    for test, arguments in _tests(model):
        if test == "unique_combination":
            combined.append(tuple(arguments["columns"]))
    return Promises(frozenset(required), (*single, *combined), tuple(references), words)


def _tests(owner: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for test in owner.get("data_tests", []):
        if isinstance(test, str):
            yield test, {}
            continue
        ((name, settings),) = ((k, v) for k, v in test.items() if k not in ("name", "config"))
        config = {**test.get("config", {}), **(settings or {}).get("config", {})}
        if "where" not in config and config.get("severity", "error") == "error":
            yield name, (settings or {}).get("arguments", {})
