from django.apps import AppConfig


class PublicationConfig(AppConfig):
    name = "sp2k.publication"
    label = "publication"
