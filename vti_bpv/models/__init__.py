from . import network, vacancy, selection, placement, evaluation  # isort: skip
