"""Names of a list, each matched to the actor of the registry that it means: for people and for OpenRefine."""
