from django.apps import AppConfig


class BaseConfig(AppConfig):
    name = "sp2k.base"
    label = "base"
