"""How forms are drawn: every field in the house's own markup, by `{{ form }}` or `{{ form.name.as_field_group }}`."""

from django.forms.renderers import TemplatesSetting


class HouseRenderer(TemplatesSetting):
    """Fields and forms by the templates in `base/`."""

    form_template_name = "base/_form.html"
    field_template_name = "base/_field.html"
