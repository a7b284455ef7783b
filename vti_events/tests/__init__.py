from . import test_event
from .kinds import *
from .scheduling import *
from .speed import *
