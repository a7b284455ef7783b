from . import events, my_events
from . import speed_dates
