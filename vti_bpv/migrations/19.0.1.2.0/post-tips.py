"""Remember that companies were told of the tips sent so far: at once, also of students who never logged in."""


def migrate(cr, version):
    cr.execute(
        "UPDATE vti_match_proposal SET company_told_on = sent_on WHERE state = 'sent' AND company_told_on IS NULL"
    )
