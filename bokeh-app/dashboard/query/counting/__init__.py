"""All that adds up over partitions.

    partition        some records, coded; partitions: all of them, wherever they are
    tally            counts per area and per option
    points           the records near the middle of the map
    table            the matching records a page at a time
"""
