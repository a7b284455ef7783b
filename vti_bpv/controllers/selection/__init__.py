from . import apply, company, home, links, mail_place, matches, saved, saved_search, student
