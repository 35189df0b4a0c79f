"""What meetings keep for others: lessons."""
