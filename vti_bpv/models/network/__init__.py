from . import guard, link, near, postcode, region, qualification, season, partner  # isort: skip
from . import partner_guard, thread, message, website_kept, ir_http  # isort: skip
from . import form_address, interest, ir_qweb  # isort: skip
from . import guidance_role, recognition, student, enrolment, guardian, consent, users  # isort: skip
from . import (
    partner_access,
    partner_details,
    partner_merge,
    partner_stats,
    student_access,
    student_page,
    student_profile,
    student_wishes,
    own_details,
    partner_page,
    season_start,
    portal_wizard,
    res_config_settings,
)  # isort: skip
from . import activity, crm_lead, paid_services, mail_template, notice, notice_mail, notice_sms, website_page  # isort: skip
from . import import_kind, import_company, import_contact, import_recognition  # isort: skip
from . import import_student, import_qualification, import_line, import_file, import_undo  # isort: skip
from . import student_cv, student_sms, student_words  # isort: skip
