from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "dutyroom.site"
    label = "site"

    def ready(self) -> None:
        """Show the write door how members are found."""
        from dutyroom.actions import members
        from dutyroom.site.members import Finder

        members.known_by(Finder())
