from . import lesson_request, lesson_moment, lesson_offer, lesson_proposal
from . import lesson_form, lesson_answer, lesson_settle, lesson_plan, lesson_clock, lesson_notice
from . import lesson_suggest, lesson_couple, lesson_page, event_event
