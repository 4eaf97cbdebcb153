from django.apps import AppConfig


class JournalConfig(AppConfig):
    name = "dutyroom.journal"
    label = "journal"
