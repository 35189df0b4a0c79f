"""What shows that nobody changed a meeting store behind ChildStat: its shape, and its seals."""
