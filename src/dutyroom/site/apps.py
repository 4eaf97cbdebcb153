from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "dutyroom.site"
    label = "site"

    def ready(self) -> None:
        """Show the write door how members are found."""
        from dutyroom.actions import members
        from dutyroom.site.members import active_members

        members.known_by(active_members)
