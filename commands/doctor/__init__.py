"""What is wrong with a deployment, in sentences."""
