"""Geometry of the pictures that the server draws: network, ego graph, place.

Python computes numbers and path data; the SVG itself stands in `templates/pages/_*.svg`.
Look down only: `lettering paths shapes < layering crossing rows outline < arcs < network ego place`.
"""
