from django.apps import AppConfig


class EntriesConfig(AppConfig):
    name = "sp2k.entries"
    label = "entries"
