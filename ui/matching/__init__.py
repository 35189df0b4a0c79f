"""What of other systems is one with ours: teams and their units."""
