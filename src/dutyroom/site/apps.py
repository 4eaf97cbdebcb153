from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "dutyroom.site"
    label = "site"
