"""The answer to a view: all that the page shows of it, as plain data.

    schema           what an answer holds, and how it becomes JSON; parts: each with its units and shapes
    answer           a survey and a view -> the answer
    counted          tally, measure and classes of a view, kept for all who ask the same
    about            what is the same for every view
    map              colours, counts and the records nearby; the legend
    facets           what each option would leave; what fits a typed text
    detail           the chosen area or the whole survey: figures, rank, charts, the latest records
    table            a page of the matching records
    search           which names fit a typed text
"""
