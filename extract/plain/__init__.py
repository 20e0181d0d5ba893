"""Readers of text that was made from PDFs: pages, lines and grids as the print had them."""
