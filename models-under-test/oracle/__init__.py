"""An independent opinion: the contract's rules checked through hub.load, in Python.

Slower and cruder than the harness, and written without a look at it. It says of
every conforming model that nothing is broken, and of every twin what is.
"""
