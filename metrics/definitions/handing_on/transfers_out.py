"""How many children does a unit pass on to others?"""

from metrics.handing_on.transfers import number_of_transfers, passed_on

METRIC = number_of_transfers(
    passed_on("from_unit", "from_worker_id", "went_to"),
    "transfers_out",
    71,
    "Transfers out",
    "How many children does a unit pass on to others?",
    "on to another unit",
    ("went_to", "To"),
)
