"""Model solutions of notebook 00."""


# %% 00_add_at
def add_at(long, place, short):
    y = long.copy()
    y[place : place + len(short)] += short
    return y
