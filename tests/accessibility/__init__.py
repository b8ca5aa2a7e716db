"""Every page against WCAG 2.2 AA in a real browser; what was found becomes the accessibility statement."""
