from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "sp2k.accounts"
    label = "accounts"
