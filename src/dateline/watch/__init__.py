"""Watch: folders and feeds of the user's choosing, read into a record as they change; the only place that reaches out to the network.

``Fetcher`` gets addresses politely and safely, ``Watch`` looks at each folder and feed in turn and remembers what it saw in the record.
"""

from dateline.watch.fetching import Fetcher
from dateline.watch.watching import Watch

__all__ = ["Fetcher", "Watch"]
