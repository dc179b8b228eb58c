"""The image that repo2docker has built: run by hand or weekly, with its address in DASHBOARD_URL.

``DASHBOARD_URL=http://…/proxy/5006/bokeh-app?token=… python -m pytest tests/real_image.py``
"""

import os

from playwright.sync_api import expect


def test_the_real_image_shows_the_dashboard(open_page):
    page = open_page(os.environ["DASHBOARD_URL"])
    expect(page.locator(".sentence")).to_contain_text("All ")
    # Whatever the data are, the server is asked and answers.
    page.get_by_role("button", name="About the data").click()
    expect(page.locator(".about")).not_to_be_empty()
