"""The command access, by what it does: give, look, end, read the audit."""
