from django.apps import AppConfig


class RegionsConfig(AppConfig):
    name = "sp2k.regions"
    label = "regions"
