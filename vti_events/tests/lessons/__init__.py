from . import test_lesson_pages, test_lesson_race, test_rank, test_requests
