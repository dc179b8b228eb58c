"""The answer to a view: all that the page shows of it, as plain data.

    schema           what an answer holds, and how it becomes JSON; parts: each with its units and shapes
    answer           a survey and a view -> the answer
    counted          tally, measure and classes of a view, kept for all who ask the same
    about            what is the same for every view
    map              colours, counts and the records nearby; the legend
    compare          the difference and the ratio of two choices
    facets           what each option would leave; what fits a typed text; what to drop where nothing fits; and what
                     the measure amounts to in each of the areas' groups
    detail           the chosen areas or the whole survey: figures, rank, charts, the latest records
    table            a page of the matching records; record: one of them with all its columns
    search           which names fit a typed text
"""
