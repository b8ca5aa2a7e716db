"""What pages may load and run, read by `clusterportal.core.content_security`."""

from csp.constants import NONE, SELF, UNSAFE_EVAL

PUBLIC = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        # Map tiles load only after the visitor asked for the map; the host stands here, the act with the visitor.
        "img-src": [SELF, "data:", "https://tile.openstreetmap.org"],
        "connect-src": [SELF],
        "font-src": [SELF],
        "form-action": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    },
}
# In the admin, unfold's Alpine evaluates the expressions in its templates; nothing else is opened: no inline script, no
# inline style, no other host. Where its scripts write style attributes, `static/js/styles.js` sets the styles instead.
ADMIN = {
    "script-src": [SELF, UNSAFE_EVAL],
    "img-src": [SELF, "data:"],
}
