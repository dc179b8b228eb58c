"""ANSWERS: facets, view, tally, engine. Plain Python and arrays; imports no Bokeh."""
