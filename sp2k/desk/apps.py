from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "sp2k.desk"
    label = "desk"
