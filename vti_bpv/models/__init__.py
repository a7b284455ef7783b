from . import pdf
from . import network, vacancy, selection, placement, evaluation  # isort: skip
