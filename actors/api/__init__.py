"""The public face of all that joins: actors, topics, relations, matrix, suggestions."""
