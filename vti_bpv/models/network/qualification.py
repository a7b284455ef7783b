from odoo import api, fields, models

LEVELS = [("1", "Level 1"), ("2", "Level 2"), ("3", "Level 3"), ("4", "Level 4")]
PATHS = [("bol", "bol: school with internship"), ("bbl", "bbl: working and learning")]
EDUCATIONS = [
    ("mbo", "mbo"),
    ("hbo", "hbo"),
    ("vmbo", "vmbo"),
    ("pro", "praktijkonderwijs"),
    ("vso", "vso"),
]


class Trade(models.Model):
    """A trade of the association's members; nothing in code knows which there are."""

    _name = "vti.trade"
    _description = "Trade"
    _inherit = ["vti.portal.guard"]
    _portal_list = True
    _order = "sequence, name"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    description = fields.Text(translate=True, help="One or two sentences for visitors: what does one do in it?")
    qualification_ids = fields.One2many("vti.qualification", "trade_id")


class Qualification(models.Model):
    """A qualification of secondary vocational education (mbo), known by its crebo number."""

    _name = "vti.qualification"
    _description = "Qualification (crebo)"
    _inherit = ["vti.portal.guard"]
    _portal_list = True
    _order = "level, name, crebo"
    _rec_names_search = ["crebo", "name"]

    crebo = fields.Char(required=True, size=5)
    name = fields.Char(required=True, index="trigram")
    level = fields.Selection(LEVELS, required=True)
    trade_id = fields.Many2one("vti.trade", index=True)
    learning_paths = fields.Selection(
        [("bol", "bol"), ("bbl", "bbl"), ("both", "bol and bbl")], help="As DUO's list of recognised courses has it."
    )
    dossier = fields.Char("Qualification file")
    dossier_crebo = fields.Char("Crebo of the file", size=5)
    evidence = fields.Char(help="How sure the starting data are of this row, and where they have it from.")
    valid_from = fields.Date()
    valid_to = fields.Date()
    active = fields.Boolean(default=True)

    _crebo_unique = models.Constraint("UNIQUE(crebo)", "This crebo number exists already.")
    _dates_ordered = models.Constraint(
        "CHECK(valid_to IS NULL OR valid_from IS NULL OR valid_to >= valid_from)", "It ends before it begins."
    )

    @api.depends("crebo", "name", "level")
    def _compute_display_name(self):
        for qualification in self:
            qualification.display_name = f"{qualification.name} ({qualification.crebo}, {qualification.level})"

    def _is_valid_on(self, day):
        """Whether students may be in it on that day (both ends included)."""
        self.ensure_one()
        return not ((self.valid_from and day < self.valid_from) or (self.valid_to and day > self.valid_to))
