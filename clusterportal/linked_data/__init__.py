"""The registry as linked data beside its actors: concept schemes, the catalogue, what the IRI of a record leads to."""
