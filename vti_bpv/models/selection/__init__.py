from . import refusal_reason, application  # isort: skip
