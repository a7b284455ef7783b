from . import work_task, age_rule, working_time_rule, res_config_settings, vacancy  # isort: skip
from . import vacancy_index, vacancy_places, vacancy_rules, vacancy_life, vacancy_search, vacancy_show, vacancy_portal  # isort: skip
from . import vacancy_cards, vacancy_confirm, vacancy_copy, place_check, place_check_round, confirm_settings  # isort: skip
from . import season_copy, partner_merge, campaign, campaign_company, campaign_round  # isort: skip
from . import vacancy_pause
from . import vacancy_advice
from . import vacancy_week, vacancy_blocks, website_blocks
from . import vacancy_age, vacancy_send_back, partner, season, season_balance, website, website_home
from . import vacancy_posting, website_landing, vacancy_feed, vacancy_page, vacancy_preview
from . import vacancy_reference, import_file, import_vacancy  # isort: skip
from . import poster, vacancy_poster  # isort: skip
from . import partner_poster
