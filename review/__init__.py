"""The review site: static pages that show every finding beside the print that it is about."""
