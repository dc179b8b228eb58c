"""Which words mean yes and no, and how they are told to people."""

YES, NO = "yes", "no"
# As a file or a typed column has them, in small letters: 1.0 is what a column of numbers holds.
MEANING = {"yes": YES, "y": YES, "true": YES, "1.0": YES, "no": NO, "n": NO, "false": NO, "0.0": NO}
# These may be anything, unless it is known that yes or no is meant; then a gap is no.
MEANING_IF_ASKED = {**MEANING, "t": YES, "1": YES, "f": NO, "0": NO, "none": NO, "nan": NO}


def yes_or_no(value: object, *, asked: bool = False) -> str | None:
    """Return YES or NO for a value that means one, None for any other.

    With `asked` it is known that one of them is meant: more letters and digits are taken for it, and a gap is no.
    """
    return (MEANING_IF_ASKED if asked else MEANING).get(str(value).casefold())
