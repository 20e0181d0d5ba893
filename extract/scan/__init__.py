"""Pages that are pictures: rulings and text found in ink, read by a recogniser."""
