"""What the product's own stores share: opening, bringing up to date, faults in one sentence."""
