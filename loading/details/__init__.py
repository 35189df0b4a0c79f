"""What one source adds to the rows that another gives."""
