from . import refusal_reason, application, application_contact, application_company, application_student  # isort: skip
from . import application_candidates, application_guardian, application_notice, application_progress  # isort: skip
from . import (
    application_clock,
    application_answer,
    application_limits,
    holiday,
    holiday_import,
    answer_record,
    partner_answers,
)  # isort: skip
from . import application_retention, answer_wizard, application_request, throttle, student, student_apply  # isort: skip
from . import match_profile, match_words, match, student_matches  # isort: skip
from . import favourite, saved_search, place_report  # isort: skip
from . import enrolment, partner, season, vacancy, users, res_config_settings  # isort: skip
from . import match_reasoned, match_run, match_radar, match_proposal, match_tip  # isort: skip
from . import match_gap, match_choice, match_hooks  # isort: skip
from . import exchange_consent, exchange_listing, exchange_card, exchange_life, exchange_interest  # isort: skip
from . import exchange_ask, exchange_view, exchange_line, exchange_notice, exchange_hooks, exchange_search  # isort: skip
from . import exchange_share, exchange_follow, exchange_balance, exchange_phone  # isort: skip

# these build on what stands above
from . import application_step, application_bulk, application_offer, partner_silent  # isort: skip
from . import meeting_slot, application_nameless  # isort: skip
from . import division, application_division, meeting_event  # isort: skip
