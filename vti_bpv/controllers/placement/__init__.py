from . import internships, stay
