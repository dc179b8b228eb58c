"""Makes the pictures in the README: ``.venv/bin/python tests/screenshots.py``."""

from pathlib import Path

from playwright.sync_api import sync_playwright

from browsers import ARGUMENTS, browser_path
from servers import sample, served

FOLDER = Path(__file__).parent / "screenshots"
PICTURES = {
    "wide.png": ("period=Roman&_area=P-106", 1280, 800, "light"),
    "dark.png": ("type=amphora&weight_g=10..250&_measure=sum(weight_g)", 1280, 800, "dark"),
    "phone.png": ("period=Roman", 390, 844, "light"),
}


def main() -> None:
    """Take every picture anew."""
    FOLDER.mkdir(exist_ok=True)
    with served(sample()) as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path(playwright), args=ARGUMENTS)
        for name, (query, width, height, scheme) in PICTURES.items():
            page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme)
            page.goto(f"{server.url}?{query}")
            page.wait_for_selector(".dashboard.ready", state="attached")
            page.locator("#loading").wait_for(state="hidden")
            page.screenshot(path=FOLDER / name)
            page.close()
        browser.close()


if __name__ == "__main__":
    main()
