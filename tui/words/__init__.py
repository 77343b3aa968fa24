"""What is said on the screen: names, times, results, sentences."""
