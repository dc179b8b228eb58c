"""Two choices compared on one map: keep as A, choose B, and see A, B, their difference or their ratio."""

import pytest
from test_page import FINDS, PARCELS, colour_at, legend, option, pixel, query, sentence, wait_for_sentence

A, B = FINDS.type == "amphora", FINDS.type == "tile"


def counts(mask):
    return FINDS[mask].groupby("parcel").size().reindex(PARCELS.parcel, fill_value=0)


def differs(label, difference):
    """Say whether a difference belongs to what the legend says: "+3 to +4", "−8 and beyond", "the same"."""
    if label == "the same":
        return difference == 0
    bounds = [int(part.replace("−", "-").replace("+", "")) for part in label.split() if part[0] in "−+"]
    if "beyond" in label:
        return difference >= bounds[0] if bounds[0] > 0 else difference <= bounds[0]
    return min(bounds) <= difference <= max(bounds)


def relates(label, a, b):
    """Say whether two counts belong to what the legend says of their ratio."""
    apart = {"in neither": a == b == 0, "only in A": a > 0 == b, "only in B": b > 0 == a, "the same": a == b > 0}
    if label in apart:
        return apart[label]
    more, less = (a, b) if label.startswith("A") else (b, a)
    if min(a, b) == 0 or more <= less:
        return False
    numbers = [float(part) for part in label.split(" is ")[1].split(" ×")[0].replace("up to ", "1–").split("–")
               if not part.startswith("over")] or [float(label.split("over ")[1].split()[0])]
    return numbers[0] < more / less and ("over" in label or more / less <= numbers[-1])


def miscoloured(page, belongs):
    """Return the areas whose colour on the map is not the legend's, and how many could be seen."""
    colours = legend(page)
    seen, wrong = [], []
    for area, walked in zip(PARCELS.parcel, PARCELS.walked, strict=True):
        if (place := pixel(page, area)) is not None:
            seen.append((area, walked, place))
    for (area, walked, _), colour in zip(seen, colour_at(page, [place for *_, place in seen]), strict=True):
        label = {shown: label for label, shown in colours.items()}[colour]
        if not (label == "not surveyed" if walked == "no" else label != "not surveyed" and belongs(label, area)):
            wrong.append((area, label))
    return wrong, len(seen)


def compare_by_hand(page):
    """Keep amphorae as A, and choose tiles as B."""
    option(page, "amphora").check()
    wait_for_sentence(page, "amphora")
    page.get_by_role("button", name="Keep as A").click()
    wait_for_sentence(page, "A: amphora")
    option(page, "amphora").uncheck()
    option(page, "tile").check()
    wait_for_sentence(page, f"A: amphora ({A.sum():,} finds). B: tile ({B.sum():,} finds).")


@pytest.mark.parametrize("width", [1400, 1024, 390])
def test_a_difference_has_the_legends_colour_for_every_area(server, open_page, width):
    page = open_page(f"{server.url}?type=tile&_a=type%3Damphora&_show=difference", width=width, height=900)
    difference = counts(B) - counts(A)
    wrong, seen = miscoloured(page, lambda label, area: differs(label, difference[area]))
    assert wrong == []
    assert seen > 100


def test_choices_are_kept_compared_in_every_way_and_shared(server, open_page):
    page = open_page(server.url)
    compare_by_hand(page)
    a, b = counts(A), counts(B)
    page.get_by_role("button", name="ratio").click()
    page.locator(".legend summary", has_text="B to A").wait_for()
    wrong, seen = miscoloured(page, lambda label, area: relates(label, a[area], b[area]))
    assert wrong == [] and seen > 200
    assert query(page) == {"type": ["tile"], "_a": ["type=amphora"], "_show": ["ratio"]}
    other = open_page(page.url)
    assert sentence(other) == sentence(page) and legend(other) == legend(page)
    assert other.locator(".segments [aria-pressed=true]").inner_text() == "ratio"
    page.get_by_role("button", name="difference").click()
    page.locator(".legend summary", has_text="B minus A").wait_for()
    # A and B alone have the legend of the whole survey, so that they can be told from each other.
    for name, mask in (("A", A), ("B", B)):
        page.locator(".segments button", has_text=name).first.click()
        page.locator(".legend summary", has_text=f"{name} alone").wait_for()
        none = [area for area in PARCELS.parcel[PARCELS.walked != "no"]
                if counts(mask)[area] == 0 and pixel(page, area)]
        assert set(colour_at(page, [pixel(page, area) for area in none[:20]])) == {legend(page)["none"]}
    page.get_by_role("button", name="Compare no longer").click()
    wait_for_sentence(page, f"{B.sum():,} of 20,000 finds")
    assert query(page) == {"type": ["tile"]}


def test_the_tooltip_tells_both_values(server, open_page):
    page = open_page(f"{server.url}?type=tile&_a=type%3Damphora&_show=ratio")
    a, b = counts(A), counts(B)
    area = next(area for area in a.index if a[area] and b[area] and pixel(page, area))
    page.mouse.move(*pixel(page, area))
    tip = page.locator(".tooltip")
    tip.get_by_text(f"A: {a[area]}", exact=True).wait_for()
    tip.get_by_text(f"B: {b[area]}", exact=True).wait_for()
    assert "B : A = " in tip.inner_text()


def test_only_what_differs_is_sent_when_b_changes(server, open_page):
    page = open_page(f"{server.url}?type=tile&_a=type%3Damphora&_show=difference")
    received = []
    devtools = page.context.new_cdp_session(page)
    devtools.send("Network.enable")
    devtools.on("Network.webSocketFrameReceived", lambda frame: received.append(frame["response"]["payloadData"]))
    option(page, "Roman").check()
    wait_for_sentence(page, "tile, Roman")
    assert 0 < sum(map(len, received)) < 24_000
