from . import vacancy
