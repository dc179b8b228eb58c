"""A map dashboard: areas on a map, records in each, widgets to query them.

    settings         what config.toml may hold; basemaps: those it may name; config: config.toml -> settings
    problems         what is wrong with data; kept: what is made once of something shared
    catalog/         READ: files -> one Catalog
    query/           ASK: a view -> its answer
    export/          TAKE HOME: a view -> files
    live/            STAY FRESH: the data as they are now
    page/            SHOW: answers in a browser

Data runs one way, from the top to the bottom: no module imports from below it.
"""
