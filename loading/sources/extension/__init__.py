"""Tables beside a Standard Safeguarding Dataset for what it lacks: posts, absence, time, scores."""
