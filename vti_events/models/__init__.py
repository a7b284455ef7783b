from . import event_type, event_event  # isort: skip
from . import speed
