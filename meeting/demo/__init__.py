"""The meeting that the demonstration council held: invented, kept where somebody asks for it."""
