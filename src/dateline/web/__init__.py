"""``dateline serve``: the record over HTTP, for the page and for programs. Needs the extra ``dateline[serve]``."""
