from . import answers, apply, company, home, links, mail_place, matches, place_report, saved, saved_search, student
from . import exchange_card, exchange_company, exchange_home, exchange_links
from . import refuse_many
from . import divide, tips
