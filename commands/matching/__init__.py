"""Commands of an analyst who says what of two systems is one: teams, workers."""
