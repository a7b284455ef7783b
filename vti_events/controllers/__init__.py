from . import event_class, event_queue, events, my_events
from . import speed_dates, speed_staff
from . import lessons_company, lessons_school
