from . import (
    placement,
    placement_people,
    placement_life,
    alumni_consent,
    application,
    enrolment,
    vacancy,
    student,
    student_standing,
    season,
    partner,
    end_wizard,
)  # isort: skip
