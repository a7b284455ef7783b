from . import alumni
