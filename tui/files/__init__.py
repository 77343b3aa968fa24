"""The files that an agent's console reads and keeps."""
