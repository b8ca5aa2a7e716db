"""The acts of an import in the admin: receive a file, check it, write it, take it back, forget it."""
