"""Who may look, and who has looked."""
