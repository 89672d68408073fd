from django.apps import AppConfig


class EditionsConfig(AppConfig):
    name = "sp2k.editions"
    label = "editions"
