"""Many reports on many machines: Apache Spark reads them and joins their events as one machine's record would.

Nothing here is imported by the default install; Spark itself is imported only by what runs on it (``dateline[spark]``).
"""
