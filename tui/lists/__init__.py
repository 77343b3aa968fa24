"""Lists as the store gives them, a page at a time."""
