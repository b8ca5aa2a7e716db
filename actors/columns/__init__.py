"""Actors as rows of a table: its columns, and how values and related records stand in a cell."""
