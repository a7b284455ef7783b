from . import event_class, event_queue, events, my_events
from . import speed_dates, speed_staff
