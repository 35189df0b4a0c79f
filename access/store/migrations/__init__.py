"""The versions of the access store's tables. A version that has been released never changes."""
