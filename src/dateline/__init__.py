"""Dateline reads news reports about conflict and keeps a sourced record of them."""
