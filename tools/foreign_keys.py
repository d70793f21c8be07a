"""Foreign keys point to the same app or to one below it: the order is that of pyproject.toml's layers."""

import sys
import tomllib

from tools.places import ROOT


def order() -> list[str]:
    """The apps' labels, the highest first."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    layers = next(contract["layers"] for contract in contracts if contract["type"] == "layers")
    return [layer.removeprefix("programmes.") for layer in layers if layer.startswith("programmes.")]


def upward() -> list[str]:
    """One line per foreign key that points up; Django has to be set up."""
    from django.apps import apps

    height = {label: place for place, label in enumerate(order())}
    return [
        f"{model._meta.label}.{field.name} points up to {field.related_model._meta.label}"
        for model in apps.get_models(include_auto_created=True)
        for field in (*model._meta.fields, *model._meta.many_to_many)
        if model._meta.app_label in height
        and field.related_model is not None
        and height.get(field.related_model._meta.app_label, len(height)) < height[model._meta.app_label]
    ]


if __name__ == "__main__":
    import django

    django.setup()
    found = upward()
    print("\n".join(found))
    sys.exit(1 if found else 0)
