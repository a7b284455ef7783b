from . import refusal_reason, application, application_contact, application_company, application_student  # isort: skip
from . import application_guardian, application_notice, application_progress, application_retention  # isort: skip
from . import answer_wizard, application_request, throttle, student, student_apply, vacancy, users, res_config_settings  # isort: skip
from . import season
