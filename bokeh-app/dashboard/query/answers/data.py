"""An answer as dicts and lists, for a page or as JSON."""

from dataclasses import fields, is_dataclass

import numpy as np


def as_data(part: object, *, arrays: bool = True) -> object:
    """Return an answer, or a part of one, as dicts, lists, texts and numbers; typed arrays stay, or become lists.

    Without typed arrays the result is JSON's: what is nan in them is None.
    """
    if is_dataclass(part):
        return {field.name: as_data(getattr(part, field.name), arrays=arrays) for field in fields(part)}
    if isinstance(part, dict):
        return {name: as_data(value, arrays=arrays) for name, value in part.items()}
    if isinstance(part, list | tuple):
        return [as_data(value, arrays=arrays) for value in part]
    if isinstance(part, float) and part.is_integer():
        return int(part)  # shorter, and the same number to a page
    if isinstance(part, np.ndarray) and not arrays:
        return [None if value != value else value for value in part.tolist()]
    return part
