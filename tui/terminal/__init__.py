"""What goes to the agent's terminal and comes from it, byte by byte."""
