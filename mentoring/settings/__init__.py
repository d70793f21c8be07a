"""base.py is what all share; dev, demo, production and test are each one way of running the same program."""
