"""Sentences: from the narrative of a document to the figures that it states."""
