from . import test_accept, test_application_life, test_apply_pages, test_contact, test_guardian  # isort: skip
from . import test_portal_pages, test_retention, test_matching, test_match_pages  # isort: skip
from . import test_radar, test_radar_parallel, test_tips
from . import test_saved, test_saved_search, test_place_report
from . import test_answers, test_clock, test_working_days, test_holiday
from . import test_exchange, test_exchange_pages, test_exchange_doors, test_exchange_told, test_exchange_parallel
from . import test_limits
from . import test_offer
from . import test_meeting_slot, test_nameless, test_own_words, test_answer_parallel
from . import test_silent
from . import test_division, test_division_parallel, test_meeting_event
