"""Uploaded pictures in templates."""

from django import template

from clusterportal.core.pictures import ROW, Picture, picture

register = template.Library()


@register.filter
def in_row(file) -> Picture | None:
    """A picture in the size of a row."""
    return picture(file, ROW)
