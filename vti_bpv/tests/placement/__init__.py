from . import test_accepted, test_figures, test_life, test_pages, test_people, test_stay
