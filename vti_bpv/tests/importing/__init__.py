from . import test_reader
from . import test_fields
from . import test_formats
