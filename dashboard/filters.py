"""Filters whose memory is the address: what is chosen goes there, and the page follows it."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import streamlit as st

from dashboard.address import Address
from review.visible import visible

EVERYTHING = ""
"""The option that leaves a filter out of the address."""


def choose(
    label: str,
    options: Mapping[str, str],
    chosen: str | None,
    to_address: Callable[[str], dict[str, str]],
    name: str,
    placeholder: str = "",
) -> None:
    """A list to choose from (key → text); the choice is written into the address.

    ``to_address`` gives the parameters that a key sets; '' removes one. Whoever calls has already
    read the choice from the address: nothing is returned. None: the address means none of these.
    """
    key = f"filter_{name}"
    st.session_state[key] = chosen
    texts = _apart(options)
    st.selectbox(
        label,
        list(options),
        index=None if chosen is None else 0,
        key=key,
        format_func=lambda option: texts.get(option, option),
        on_change=_write,
        args=(key, to_address),
        placeholder=placeholder,
    )


def choose_several(
    label: str, options: Mapping[str, str], chosen: Sequence[str], most: int, name: str, hint: str
) -> None:
    """A list to choose up to ``most`` from; the parameter ``name`` of the address holds them.

    None chosen leaves the parameter out; ``hint`` says what is shown then.
    """
    key = f"filter_{name}"
    st.session_state[key] = list(chosen)
    texts = _apart(options)
    st.multiselect(
        label,
        list(options),
        key=key,
        format_func=lambda option: texts.get(option, option),
        max_selections=most,
        on_change=_write,
        args=(key, lambda keys: {name: ",".join(keys)}),
        placeholder=hint,
    )


def _apart(options: Mapping[str, str]) -> dict[str, str]:
    """The texts of options, with a piece of the key where two have the same: a list needs it."""
    seen = Counter(options.values())
    return {
        key: f"{visible(text)} ({key[:6]})" if seen[text] > 1 else visible(text)
        for key, text in options.items()
    }


def switch(
    label: str,
    options: Sequence[str],
    chosen: str,
    show: Callable[[str], str],
    name: str,
    resets: Sequence[str] = (),
) -> None:
    """A few options side by side; the choice is the parameter ``name`` of the address.

    ``resets`` are parameters that mean nothing under another choice.
    """
    key = f"switch_{name}"
    st.session_state[key] = chosen
    usual = getattr(Address(), name)

    def to_address(option: str) -> dict[str, str]:
        wanted = dict.fromkeys(resets, "")
        return {**wanted, name: "" if option == usual else option}

    st.segmented_control(
        label,
        options,
        required=True,
        key=key,
        format_func=show,
        on_change=_write,
        args=(key, to_address),
        label_visibility="collapsed",
    )


def _write(key: str, to_address: Callable[[Any], dict[str, str]]) -> None:
    chosen = st.session_state[key]
    if chosen is None:
        return
    for name, value in to_address(chosen).items():
        if value:
            st.query_params[name] = value
        elif name in st.query_params:
            del st.query_params[name]
