from django.apps import AppConfig


class JournalConfig(AppConfig):
    name = "sp2k.journal"
    label = "journal"
