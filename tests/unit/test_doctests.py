"""The examples in the docstrings of the reader are run."""

import doctest
import importlib
import pkgutil

import pytest

import extract

MODULES = sorted(
    module.name
    for module in pkgutil.walk_packages(extract.__path__, "extract.")
    if not module.name.startswith("extract.plain.")  # with the tests of text files
)
WITH_EXAMPLES = {"extract.codes", "extract.figures", "extract.regions", "extract.text"}


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_of_a_module_hold(name: str) -> None:
    failed, tried = doctest.testmod(importlib.import_module(name))
    assert failed == 0
    assert tried or name not in WITH_EXAMPLES


def test_modules_with_examples_are_among_those_run() -> None:
    assert set(MODULES) >= WITH_EXAMPLES
