"""Shape: everything as Stripe's API writes it, or after its manner."""
