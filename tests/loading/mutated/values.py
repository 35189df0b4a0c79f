"""What stands in the cells of files that people and programs have spoilt."""

from datetime import date, datetime, time, timedelta

BACKWARDS = "\N{RIGHT-TO-LEFT OVERRIDE}abc\N{POP DIRECTIONAL FORMATTING}"
TEXTS = (
    *("", " ", "-", ".", "?", "n/a", "#N/A", "#REF!", "#DIV/0!", "NULL", "None", "nan", "NaN"),
    *("inf", "-inf", "1E400", "-1E400", "9.99E+12", "1e-400", "0x10", "1_000", "1,5", "1.5.5"),
    *("-1", "+1", "٣", "½", "1/2", "00", "0000-00-00", "2016-02-30", "30/02/2016", "02/29/2015"),
    *("1/1/1", "99/99/9999", "31/12/9999", "01/01/0001", "2016-13-01", "20161301", "44257"),
    *("999999999", "2016-10-03T25:61:61Z", "2016-10-03 10:00 +99:99", "3rd Oct", "Oct-16"),
    *("=1+1", '="1001"', "=HYPERLINK(1)", "@SUM(1)", "'1001", '"', '""', "a\"b'c", "a,b;c\td"),
    *("line\nbreak", "line\r\nbreak", "\N{BYTE ORDER MARK}1001", "10\N{ZERO WIDTH SPACE}01"),
    *(BACKWARDS, "🙂", "é", "e\N{COMBINING ACUTE ACCENT}", "\N{NO-BREAK SPACE}", "x" * 32_768),
    *("9" * 400, "9" * 5_000, "<b>&amp;</b>", "{}", "%s %d {0}", "\\N", "TRUE", "no", "Yes", "2"),
    *("a) Yes", "closed", "not closed", "C2", "WBRI", "U4", "1001", "1001.0", "01001", "X"),
)
# As text files may hold, and no workbook.
CONTROLS = ("\0", "a\0b", "\x1b[31m", "\x0b", "\x0c", "\x1c", "\x85", "\u2028")
VALUES = (
    *(None, True, False, 0, -1, 1, 2.5, 1e300, -1e300, 9.99e12, 1e15, 2**53 + 1, 10**30, 60, 0.5),
    *(date(1900, 1, 1), date(9999, 12, 31), datetime(2016, 10, 3, 23, 59, 59), datetime.max),
    *(time(0), time(23, 59), timedelta(0), timedelta(hours=30), timedelta(days=-3)),
    *(datetime(1899, 12, 31), datetime(2099, 1, 1), float("nan"), float("inf")),
)
