"""What the meeting has before it: months as they were published, and what changed since."""
