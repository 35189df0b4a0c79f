"""What an analyst decided of other systems: which teams are of a unit, which workers are one."""
