from django.apps import AppConfig


class ResultsConfig(AppConfig):
    name = "sp2k.results"
    label = "results"
