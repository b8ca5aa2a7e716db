"""Whole selections: many actors changed at once, and lists as each person works with them."""
