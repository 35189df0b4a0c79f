"""The colours of every drawing: dark enough to read on white, told apart without red and green."""

INK = "#16202a"
QUIET = "#595959"
FAINT = "#8a949c"
BAND = "#e6ebef"
LINE = "#c9ced4"
ACCENT = "#1f4e5f"
TARGET = "#7C2855"
BLUE = "#005EB8"
OCHRE = "#B5480F"
# Names of fonts without quotes or digits: a drawing's attribute holds them as they are.
FONT = "Source Sans, Source Sans Pro, Arial, Liberation Sans, sans-serif"
