"""Entry point of the web server: `granian --interface wsgi clusterportal.wsgi:application`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clusterportal.settings")

application = get_wsgi_application()  # sets Django up, which the next import needs

from clusterportal.answers import kept_answers  # noqa: E402

application = kept_answers(application)
