from . import speed_dates
