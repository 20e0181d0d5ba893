"""How exact the reader is: builds beside golden figures, errors put in on purpose, rows left out."""
