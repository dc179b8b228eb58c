"""All that adds up over partitions.

    partition        some records, coded; partitions: all of them, wherever they are
    matches          which records are meant, and what is known of those
    codes            records as small integers, which masks and counts are made from
    tally            counts per area and per option
    points           the records near the middle of the map
    table            the matching records a page at a time
"""
