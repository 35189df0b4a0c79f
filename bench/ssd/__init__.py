"""A council of 60,000 children as a Standard Safeguarding Dataset, and how long its load takes."""
