"""ASK: a view -> its answer. Plain arrays; no thread, no file, no clock, no Bokeh.

    view             all that a visitor is looking at: choices, measure, areas, record, extent
    address          a view <-> the address that it is
    facets           the columns that can be filtered; profile: what these hold; choices: what is chosen of them
    bins             readable edges for numbers and dates; seasons: years, months and days, as people write them
    measures         what the areas are coloured by; classes: values -> a few to colour by
    counting/        all that adds up over partitions
    survey           what all visitors share
    answers/         a survey and a view -> the answer, as data
"""
