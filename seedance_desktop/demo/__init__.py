"""A gateway of our own: the documented contract over real HTTP on loopback, and real clips, for nothing."""
