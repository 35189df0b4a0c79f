"""The command line, by what a command does: build, ask, present."""
