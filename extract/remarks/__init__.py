"""Remarks: what words say beside the figures that have a topic, where it can contradict others."""
