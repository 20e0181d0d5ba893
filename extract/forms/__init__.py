"""Performance forms: targets, evaluations, their goals, money and indicators."""
