"""A map dashboard: areas on a map, records in each, widgets to query them.

Data runs one way: ``config`` -> ``catalog`` -> ``query`` -> ``page``.
"""
