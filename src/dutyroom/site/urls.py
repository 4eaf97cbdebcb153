"""Every route of the product: the API, and the console's one page under each of its addresses."""

from django.urls import path

from dutyroom.api.router import api
from dutyroom.site.pages import PAGES
from dutyroom.site.routes import Routes
from dutyroom.site.views import console, offline_worker, openapi

CONSOLE_PAGES = ("", "sign-in", *PAGES)

urlpatterns = [
    path("api/openapi.json", openapi),
    Routes("api/", api.urls),
    path("offline.js", offline_worker, name="offline-worker"),
    *(path(page, console, name=f"console-{page or 'start'}") for page in CONSOLE_PAGES),
]
handler404 = "dutyroom.site.views.not_found"
handler500 = "dutyroom.site.views.failed"
