"""Domain objects to rows and back."""
