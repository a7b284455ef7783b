from . import alumnus, consent, placement, users  # isort: skip
