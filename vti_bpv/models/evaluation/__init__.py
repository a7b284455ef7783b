from . import survey, user_input, placement, score  # isort: skip
