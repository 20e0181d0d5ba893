"""What a web page's own styles say about its elements: shown or not, on a line of their own.

Style sheets elsewhere are never fetched. Of those in the page, rules for a tag, a class, a tag
with a class, or an id are followed; longer selectors are not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

_COMMENT = re.compile(r"/\*.*?\*/|<!--|-->", re.DOTALL)
_SELECTOR = re.compile(r"(?:(?P<tag>[a-z][a-z0-9]*|\*)?(?P<mark>[.#]))?(?P<name>[\w-]+)", re.I)
_FOLLOWED = frozenset({"display", "visibility", "float", "mso-hide"})

Style = Mapping[str, str]
"""Values by property, both in lower case."""


@dataclass
class StyleSheet:
    """The rules of a page, by what they select, in the order of their weight."""

    by_tag: dict[str, dict[str, str]] = field(default_factory=dict)
    by_class: dict[tuple[str, str], dict[str, str]] = field(default_factory=dict)
    by_id: dict[str, dict[str, str]] = field(default_factory=dict)

    def add(self, text: str) -> None:
        """Take the rules of a ``<style>``; those for other media (``@media``) are left out."""
        for selectors, block in _rules(_COMMENT.sub(" ", text)):
            style = read_style(block)
            if not style:
                continue
            for selector in selectors.split(","):
                self._add_rule(selector.strip(), style)

    def _add_rule(self, selector: str, style: Style) -> None:
        match = _SELECTOR.fullmatch(selector)
        if match is None:
            return
        tag, name = (match["tag"] or "").lower().replace("*", ""), match["name"]
        if match["mark"] == ".":
            self.by_class.setdefault((tag, name), {}).update(style)
        elif match["mark"] == "#":
            self.by_id.setdefault(name, {}).update(style)
        else:
            self.by_tag.setdefault(name.lower(), {}).update(style)

    def style_of(self, tag: str, attributes: Mapping[str, str]) -> Style:
        """The style of an element: rules, then what it says itself."""
        own = read_style(attributes["style"]) if "style" in attributes else {}
        if not (self.by_tag or self.by_class or self.by_id):
            return own
        style = dict(self.by_tag.get(tag, {}))
        for name in attributes.get("class", "").split():
            style |= self.by_class.get(("", name), {})
            style |= self.by_class.get((tag, name), {})
        return style | self.by_id.get(attributes.get("id", ""), {}) | own


def read_style(text: str) -> dict[str, str]:
    """The properties of a block that matter here.

    >>> read_style("color: red; DISPLAY : none !important")
    {'display': 'none'}
    """
    found: dict[str, str] = {}
    for declaration in text.split(";"):
        name, _, value = declaration.partition(":")
        name = name.strip().lower()
        if name in _FOLLOWED:
            found[name] = value.lower().replace("!important", "").strip()
    return found


def is_hidden(style: Style) -> bool:
    """True for what is not shown.

    >>> is_hidden({"display": "none"}), is_hidden({"display": "block"})
    (True, False)
    """
    return (
        style.get("display") == "none"
        or style.get("visibility") in ("hidden", "collapse")
        or style.get("mso-hide") == "all"
    )


def _rules(text: str) -> Iterator[tuple[str, str]]:
    """Selectors and blocks; what stands inside of an @-rule is passed over."""
    at = 0
    while (opening := text.find("{", at)) >= 0:
        selectors = text[at:opening].rpartition(";")[2].strip()
        depth, end = 1, opening + 1
        while depth and end < len(text):
            depth += (text[end] == "{") - (text[end] == "}")
            end += 1
        if not selectors.startswith("@"):
            yield selectors, text[opening + 1 : end - 1]
        at = end
