from . import test_event
from .kinds import *
from .lessons import *
from .scheduling import *
from .speed import *
