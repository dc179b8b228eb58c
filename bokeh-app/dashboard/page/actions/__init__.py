"""An action -> the view it leads to.

    actions          the table of all actions; what is done to facets, measure, extent and table
    areas            what is done to areas, one or several together, and to records
    compare          keeping choices, to compare others with them
"""

from dashboard.page.actions.actions import ACTIONS, UnknownAction, view_after

__all__ = ["ACTIONS", "UnknownAction", "view_after"]
