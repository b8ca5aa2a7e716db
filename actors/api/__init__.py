"""The public face of all that joins: actors, taxonomies with counts, relations, matrix, suggestions."""
