"""ASK: a view -> its answer. Plain arrays; no thread, no file, no clock, no Bokeh.

    view             all that a visitor is looking at: choices, measure, area, extent
    facets           the columns that can be filtered, derived from their profile; bins; codes
    measures         what the areas are coloured by; classes
    counting/        all that adds up over partitions
    survey           what all visitors share
    answers/         a survey and a view -> the answer, as data
    report           what was found while reading, in sentences
"""
