"""Mark the building holidays that came without an official source, as far as VTI left them alone."""

BEFORE = "Terugvaladvies bouwvak van Bouwend Nederland, overgenomen uit een overzicht%"


def migrate(cr, version):
    cr.execute("UPDATE vti_holiday SET to_confirm = TRUE WHERE kind = 'building' AND source LIKE %s", [BEFORE])
