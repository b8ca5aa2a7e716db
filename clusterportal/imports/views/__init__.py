"""The steps of an import as pages of the admin; each works without a script."""
