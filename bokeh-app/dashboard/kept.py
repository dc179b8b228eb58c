"""What is made once of something that many share, and goes away with it."""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import ParamSpec, TypeVar
from weakref import WeakKeyDictionary, ref

P = ParamSpec("P")
T = TypeVar("T")


def kept(size: int | None = None) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Keep what a function makes of its first argument, the owner, and of the others: the last `size` for each owner.

    The owner is not held by what is kept, which therefore must not refer to it: when the last user lets go of the
    owner, both are gone at once. As a method's first argument is its object, methods may be kept too.
    """
    def decorate(make: Callable[P, T]) -> Callable[P, T]:
        caches: WeakKeyDictionary = WeakKeyDictionary()

        @wraps(make)
        def keep(owner, *arguments):
            cache = caches.get(owner)
            if cache is None:
                owner_of_cache = ref(owner)
                cache = lru_cache(size)(lambda *arguments: make(owner_of_cache(), *arguments))
                cache = caches.setdefault(owner, cache)
            return cache(*arguments)

        return keep

    return decorate
