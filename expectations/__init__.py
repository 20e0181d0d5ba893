"""Guarding: what must hold of a candidate before it is published, and what is worth knowing.

Run as a process of its own (``python -m expectations CANDIDATE DIRECTORY``), because Great
Expectations takes seconds to import and writes to standard error as it pleases.
"""
