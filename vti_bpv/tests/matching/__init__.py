from . import test_score
from . import test_pairs
from . import test_radar
from . import test_unplaced
