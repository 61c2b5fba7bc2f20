"""The demonstration: what is shown to somebody who tries the tracker out.

`data/` declares it, `archive/` brings over the logs of earlier years in bulk, and `player/` plays the rest, step by
step, through the operations that the pages call. The accounts are in `foitracker.accounts.demonstration`.
"""
