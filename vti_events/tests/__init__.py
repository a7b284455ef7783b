from . import test_event
from .scheduling import *
from .speed import *
