from . import event_type, event_event  # isort: skip
from . import kinds
from . import speed
from . import lessons
