"""The commands that load a source which has options of its own."""
