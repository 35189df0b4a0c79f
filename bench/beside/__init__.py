"""The same figures as pages of other tools, each written as its own documentation shows."""
