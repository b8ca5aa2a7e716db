"""A peer: actors as pages of Wagtail, listed by its pages API; runs in the environment where Wagtail is installed."""
