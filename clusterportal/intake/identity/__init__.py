"""Whether two descriptions are the same organisation: asked by imports, duplicates, proposals and forms."""
