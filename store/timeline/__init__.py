"""Timeline: what happened to a payment, as the story a person reads."""
