"""Who has looked: events that nobody changes, each chained to the one before."""
