"""What topics and application areas share: other words for them, and finding those that mean the same."""
