from . import alumnus
