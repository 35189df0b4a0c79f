"""What several systems call by several names: teams that are of a unit, workers who are one."""
