from . import apply, company, home, links, mail_place, matches, saved, student
