"""The only place with colours: of drawings, slides and style sheets.

Dark enough to read on white, told apart without red and green. Streamlit reads its own file
(`.streamlit/config.toml`) before any code of ours runs; a test holds that file to these.
"""

INK = "#16202a"
QUIET = "#595959"
FAINT = "#8a949c"
BAR = "#9aa6ae"
LINE = "#c9ced4"
BAND = "#e6ebef"
GRID = "#eceff2"
HOVER = "#f4f6f8"
WHITE = "#ffffff"
BLACK = "#000000"
SHADOW = f"{INK}2e"
ACCENT = "#1f4e5f"
MIDDLE_ACCENT = "#47707f"
LIGHT_ACCENT = "#bfd0d8"
TARGET = "#7C2855"
BLUE = "#005EB8"
OCHRE = "#B5480F"
# Names of fonts without quotes or digits: a drawing's attribute holds them as they are.
FONT = "Source Sans, Source Sans Pro, Arial, Liberation Sans, sans-serif"

# What style sheets call them: after what they say there.
CUSTOM_PROPERTIES = {
    "ink": INK,
    "quiet": QUIET,
    "line": LINE,
    "band": BAND,
    "hover": HOVER,
    "white": WHITE,
    "black": BLACK,
    "shadow": SHADOW,
    "accent": ACCENT,
    "notice": TARGET,
    "improvement": BLUE,
    "concern": OCHRE,
}


def style_sheet() -> str:
    """The colours as CSS, for the style sheets of pages to name: `var(--ink)`."""
    declarations = " ".join(f"--{name}: {colour};" for name, colour in CUSTOM_PROPERTIES.items())
    return f":root {{ {declarations} }}"
