from . import speed_date, speed_round, speed_room, speed_company, speed_student, speed_wish, speed_talk
from . import (
    speed_criteria,
    speed_tell,
    speed_choices,
    speed_form,
    speed_plan,
    speed_change,
    speed_portal,
    speed_answer,
    speed_desk,
    speed_table,
    speed_live,
    speed_figures,
    event_event,
    event_registration,
)
