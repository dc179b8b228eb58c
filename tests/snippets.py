"""The pieces of code in the README."""

import re
from pathlib import Path

README = (Path(__file__).parent.parent / "README.md").read_text("utf-8")


def snippets(language: str) -> list[str]:
    """Return the README's blocks of a language, in their order."""
    return re.findall(rf"^```{language}\n(.*?)^```", README, re.DOTALL | re.MULTILINE)


def snippet(language: str, part: str) -> str:
    """Return the one block of a language that holds `part`."""
    found, = (block for block in snippets(language) if part in block)
    return found
