"""Are two descriptions the same organisation? Import, search for duplicates, proposals and forms all ask here."""
