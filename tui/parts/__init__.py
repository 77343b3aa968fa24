"""Parts: what several screens have in common, from the header to the marks."""
