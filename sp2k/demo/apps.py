from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "sp2k.demo"
    label = "demo"
