"""The basemaps that a config may name: those that xyzservices knows and that need no key."""

from difflib import get_close_matches

import xyzservices


def known_basemap(name: str) -> str:
    """Return the name of a basemap as xyzservices writes it; raise ValueError with what is allowed."""
    if name == "none":
        return name
    try:
        provider = xyzservices.providers.query_name(name)
    except ValueError:
        alike = get_close_matches(name, xyzservices.providers.flatten(), n=1, cutoff=0.4)
        hint = f'; did you mean "{alike[0]}"?' if alike else ""
        raise ValueError(f'"none" or the name of an xyzservices tile provider{hint}') from None
    if provider.requires_token():
        raise ValueError('"none" or a tile provider that needs no key, such as "OpenStreetMap.Mapnik"')
    return provider.name
