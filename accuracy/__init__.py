"""How exact the reader is: golden figures, errors put in on purpose, vocabulary rows left out."""
