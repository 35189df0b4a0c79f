"""What the meeting itself writes: published months, disputes, notes. Storage only: no metric."""
