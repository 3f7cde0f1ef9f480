"""The record: a database of many readings, the judgements that join their events, and the questions it answers."""
