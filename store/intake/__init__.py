"""What comes from outside: Stripe's JSON read, understood and joined with the store."""
