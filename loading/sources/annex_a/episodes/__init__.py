"""What rows of Annex A say together: the same row twice, and which referral an episode is of."""
