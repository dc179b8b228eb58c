"""The panel that shows what the server is doing, to all who look, and to nobody else."""

from itertools import pairwise

import pytest
from playwright.sync_api import expect

from servers import sample, served

TIMES = "Bokeh.documents[0].get_model_by_name('server activity')?.data.time ?? []"


@pytest.fixture
def alone():
    """A server of the sample that no other test visits."""
    with served(sample(), "--unused-session-lifetime", "2000", "--check-unused-sessions", "500") as server:  # ms
        yield server
    assert "Traceback" not in "".join(server.log)


def open_panel(page):
    page.get_by_role("button", name="More", exact=True).click()
    page.get_by_role("button", name="Live").click()
    page.wait_for_function(f"({TIMES}).length > 2")


def test_all_who_look_see_the_same_and_it_ends_when_nobody_does(alone, open_page):
    pages = [open_page(alone.url) for _ in range(2)]
    assert pages[0].evaluate(TIMES) == []
    for page in pages:
        open_panel(page)
    one, other = pages
    expect(one.locator(".server-head")).to_contain_text("2 open sessions")
    one.locator(".facet input[value=coin]").check(force=True)
    expect(other.locator(".server-head")).to_contain_text("half of them within")
    # One is measured for both.
    times = [page.evaluate(TIMES) for page in pages]
    assert len({*times[0]} & {*times[1]}) > 1
    other.close()
    expect(one.locator(".server-head")).to_contain_text("1 open session;", timeout=60_000)
    # A second apart, and never twice the same.
    times = one.evaluate(TIMES)
    assert all(0.8 < (after - before) / 1000 for before, after in pairwise(times))
    one.locator(".server-head button").click()
    one.locator(".server").wait_for(state="hidden")
    one.locator(".facet input[value=lamp]").check()
    expect(one.locator(".sentence p")).to_contain_text("coin or lamp")
    seen = one.evaluate(TIMES)
    one.locator(".facet input[value=jug]").check()
    expect(one.locator(".sentence p")).to_contain_text("coin, jug or lamp")
    assert one.evaluate(TIMES) == seen
    # It goes on where it is opened again.
    one.get_by_role("button", name="More", exact=True).click()
    one.get_by_role("button", name="Live").click()
    one.wait_for_function(f"({TIMES}).length > {len(seen)}")
