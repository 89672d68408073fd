from django.apps import AppConfig


class JudgingConfig(AppConfig):
    name = "sp2k.judging"
    label = "judging"
