from django.apps import AppConfig


class InstrumentsConfig(AppConfig):
    name = "sp2k.instruments"
    label = "instruments"
