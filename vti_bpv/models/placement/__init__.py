from . import placement, application  # isort: skip
