"""Readers of office formats: from a file to pages of lines and grids."""
