"""Rows of units or workers of whom another table would have to tell, and does not."""
