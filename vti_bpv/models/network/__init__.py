from . import guard, link, postcode, region, qualification, season, partner  # isort: skip
from . import ir_qweb, guidance_role, recognition, student, enrolment, guardian, consent, users  # isort: skip
