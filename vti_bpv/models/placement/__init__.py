from . import placement, placement_people, placement_life, application, vacancy, student, partner, end_wizard  # isort: skip
