"""Help: the guide, the viewer's own part of it first."""

from ui.help.opening import open_help, tell

with open_help("help") as page:
    page.draw(page.title())
    tell(page)
