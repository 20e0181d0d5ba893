"""Handing over: a validated candidate becomes the published warehouse in one step."""
