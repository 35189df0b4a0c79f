"""What went wrong, in one sentence for the person who can mend it."""


class Problem(Exception):
    """A mistake in data or use: what is wrong, where, and what to do. Never names a child."""


class NotAllowed(Problem):
    """This viewer may not see these rows."""
