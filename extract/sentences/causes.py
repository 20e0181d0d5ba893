"""Clauses that give a cause, or a use: their figures are not stated of the subject."""

from __future__ import annotations

import re

CAUSE = re.compile(r"原因|^(?:主要)?(?:是|系|为)?(?:因为|由于|因(?!公))|^主要是|^主要系|变动较大")
USE = re.compile(
    r"主要用于(?!以下|如下)|^(?:主要)?(?:用于(?!以下|如下)|反映)|^主要包括|^主要为|^开支内容"
    r"|^(?:为|是指|指|即)"
)
