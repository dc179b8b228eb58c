"""What is kept for an owner is made once, and goes away with it."""

import gc
from weakref import ref

from dashboard.kept import kept


class Owner:
    """What something is made of."""


def test_it_is_made_once_for_each_owner_and_argument():
    made = []

    @kept(2)
    def make(owner, argument):
        made.append(argument)
        return [argument]

    one, other = Owner(), Owner()
    assert make(one, "a") is make(one, "a")
    assert make(one, "a") is not make(other, "a")
    assert made == ["a", "a"]
    make(one, "b")
    make(one, "c")  # one more than are kept
    make(one, "a")
    assert made == ["a", "a", "b", "c", "a"]


def test_it_does_not_hold_its_owner():
    @kept()
    def make(owner):
        return [1]

    gc.disable()
    try:
        owner = Owner()
        assert make(owner) == [1]
        gone = ref(owner)
        del owner
        assert gone() is None
    finally:
        gc.enable()
