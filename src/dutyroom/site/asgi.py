"""The ASGI front: it owns the live streams; everything else goes to Django as WSGI in a thread
pool (under Django's own ASGI handler each request would cost a thread and a fresh database
connection).
"""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dutyroom.site.settings")

from django.core.wsgi import get_wsgi_application

django_application = get_wsgi_application()

from dutyroom.site.front import Front  # noqa: E402 (needs Django to be set up)

application = Front(django_application)
