"""Where people, sessions, grants and the audit are kept: storage only."""
