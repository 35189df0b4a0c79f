"""What went wrong, in one sentence for the person who can mend it."""


class Problem(Exception):
    """A mistake in data or use: what is wrong, where, and what to do. Never names a child."""


class NotAllowed(Problem):
    """This viewer may not see these rows."""


class WrongSettings(Problem):
    """What the settings or the environment say can't be meant: no data were looked at."""


class Busy(Problem):
    """Another load holds the case database. Nothing is wrong: what comes later may succeed."""
