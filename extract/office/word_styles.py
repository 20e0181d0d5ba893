"""What the styles of a .docx hide, and which of them number their paragraphs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from extract.office.word_package import W

_OFF = frozenset({"0", "false", "off"})
MOST_STEPS = 50
"""A style is based on another, and so on, over no more steps."""


def is_on(properties: Any | None, *names: str) -> bool | None:
    """True or False where one of the switches is set, None where none is."""
    if properties is None:
        return None
    for name in names:
        switch = properties.find(f"{W}{name}")
        if switch is not None:
            return switch.get(f"{W}val", "1").lower() not in _OFF
    return None


def value_of(parent: Any | None, path: str) -> str:
    """The value of an element below another (`numPr/numId`); '' without it."""
    if parent is None:
        return ""
    found = parent.find("/".join(W + name for name in path.split("/")))
    value = "" if found is None else found.get(f"{W}val", "")
    return str(value)


@dataclass(frozen=True)
class Styles:
    """Ids of the styles that hide text, and number and level of those that count."""

    hidden: frozenset[str]
    numbered: dict[str, tuple[str, str]]

    def is_hidden(self, properties: Any | None, style: str) -> bool:
        """True if text with these properties, in a paragraph of a style, is not shown."""
        said = is_on(properties, "vanish", "specVanish")
        if said is not None:
            return said
        return value_of(properties, "rStyle") in self.hidden or style in self.hidden


def read_styles(root: Any | None) -> Styles:
    """Read ``styles.xml``; a style without a word of its own does as the one it is based on."""
    styles = {} if root is None else {s.get(f"{W}styleId", ""): s for s in root.iter(f"{W}style")}
    hidden: set[str] = set()
    numbered: dict[str, tuple[str, str]] = {}
    for name in styles:
        said: bool | None = None
        at, steps = name, 0
        while at in styles and steps < MOST_STEPS:
            style = styles[at]
            if said is None:
                said = is_on(style.find(f"{W}rPr"), "vanish", "specVanish")
            number = value_of(style, "pPr/numPr/numId")
            if number and name not in numbered:
                numbered[name] = (number, value_of(style, "pPr/numPr/ilvl") or "0")
            at, steps = value_of(style, "basedOn"), steps + 1
        if said:
            hidden.add(name)
    return Styles(frozenset(hidden), numbered)
