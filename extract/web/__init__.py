"""Web pages, saved as .html or .mht."""
