from django.apps import AppConfig


class ProjectionsConfig(AppConfig):
    name = "dutyroom.projections"
    label = "projections"
