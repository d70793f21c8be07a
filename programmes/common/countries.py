"""Countries of Europe and around the Mediterranean, where programmes of mentoring between cities happen."""

from django.utils.translation import gettext_lazy as _

from programmes.common.text import fold

COUNTRIES = {
    "AL": _("Albania"),
    "AD": _("Andorra"),
    "AM": _("Armenia"),
    "AT": _("Austria"),
    "AZ": _("Azerbaijan"),
    "BY": _("Belarus"),
    "BE": _("Belgium"),
    "BA": _("Bosnia and Herzegovina"),
    "BG": _("Bulgaria"),
    "HR": _("Croatia"),
    "CY": _("Cyprus"),
    "CZ": _("Czechia"),
    "DK": _("Denmark"),
    "DZ": _("Algeria"),
    "EG": _("Egypt"),
    "EE": _("Estonia"),
    "FI": _("Finland"),
    "FR": _("France"),
    "GE": _("Georgia"),
    "DE": _("Germany"),
    "GR": _("Greece"),
    "HU": _("Hungary"),
    "IS": _("Iceland"),
    "IE": _("Ireland"),
    "IL": _("Israel"),
    "IT": _("Italy"),
    "JO": _("Jordan"),
    "XK": _("Kosovo"),
    "LV": _("Latvia"),
    "LB": _("Lebanon"),
    "LY": _("Libya"),
    "LI": _("Liechtenstein"),
    "LT": _("Lithuania"),
    "LU": _("Luxembourg"),
    "MT": _("Malta"),
    "MR": _("Mauritania"),
    "MD": _("Moldova"),
    "MC": _("Monaco"),
    "ME": _("Montenegro"),
    "MA": _("Morocco"),
    "NL": _("Netherlands"),
    "MK": _("North Macedonia"),
    "NO": _("Norway"),
    "PS": _("Palestine"),
    "PL": _("Poland"),
    "PT": _("Portugal"),
    "RO": _("Romania"),
    "RU": _("Russia"),
    "SM": _("San Marino"),
    "RS": _("Serbia"),
    "SK": _("Slovakia"),
    "SI": _("Slovenia"),
    "ES": _("Spain"),
    "SE": _("Sweden"),
    "CH": _("Switzerland"),
    "SY": _("Syria"),
    "TN": _("Tunisia"),
    "TR": _("Türkiye"),
    "UA": _("Ukraine"),
    "GB": _("United Kingdom"),
    "VA": _("Vatican City"),
}


def country_name(code: str) -> str:
    """The country's name in the reader's language; an unknown code stands for itself."""
    return str(COUNTRIES.get(code, code))


def country_choices() -> list[tuple[str, str]]:
    """(code, name), sorted by the name in the reader's language."""
    return sorted(((code, str(name)) for code, name in COUNTRIES.items()), key=lambda pair: fold(pair[1]))
