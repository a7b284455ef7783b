from . import test_rules, test_life, test_place_check, test_places, test_search, test_stages, test_my_places
from . import test_posting, test_landing, test_feeds, test_embed, test_blocks, test_copy
from . import test_pause, test_mould
from . import test_place_index, test_place_shelf, test_import_vacancy
from . import test_season_copy, test_campaign, test_season_balance
