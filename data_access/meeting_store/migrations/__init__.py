"""The versions of the meeting store's tables. A version that has been released never changes."""
