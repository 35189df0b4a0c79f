"""Before a page is drawn its document says what is coming."""

from access.gate.front import front_page, routes_of, with_what_comes

PAGES = {"": "Month is coming: it.", "unit": "Unit’s <lists> are coming."}
DOCUMENT = front_page(PAGES, "ours()")


def served(page: str) -> str:
    """What the page's own address is answered with."""
    (route,) = [one for one in routes_of(PAGES, DOCUMENT) if one.path == f"/{page}"]
    assert route.endpoint is not None
    return route.endpoint(None).body.decode()


def test_each_page_says_what_of_it_is_coming_and_of_no_other():
    month = served("")
    assert '<div id="root"><p role="status" class="cs-coming">Month is coming: it.</p></div>' in (
        month
    )
    assert "content: 'Month is coming: it.'" in month
    assert "lists" not in month.split("<body")[1]
    assert "lists" in served("unit")


def test_what_is_coming_is_escaped():
    said = with_what_comes(DOCUMENT, PAGES["unit"])
    assert "<lists>" not in said
    assert "Unit’s &lt;lists&gt; are coming." in said


def test_the_script_of_ours_is_still_the_first():
    html = served("unit")
    assert html.index("ours()") < html.index('<script type="module"')
