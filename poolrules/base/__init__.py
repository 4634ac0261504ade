"""The ground floor: money, shares, dates, near names and the limits of what is read."""
