"""Bases of the public API: language, problems, parameters, paging, formats. All may build on them."""
