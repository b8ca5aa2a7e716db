"""Which version of the portal this is; a backup names the one that reads it."""

VERSION = "0.2.0"
