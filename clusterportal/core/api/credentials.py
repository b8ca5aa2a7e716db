"""What the key of a request allows. Keys live in a room above: here they are known by `has_scope()` alone."""


def may_read_contacts(request) -> bool:
    """Whether contact persons may be read in bulk; one by one everybody reads those who consented."""
    key = getattr(request, "auth", None)
    return key is not None and key.has_scope("read:contacts")
