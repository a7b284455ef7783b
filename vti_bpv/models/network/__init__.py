from . import guard, link, postcode, region, qualification, season, partner  # isort: skip
from . import guidance_role, recognition, student, enrolment, guardian, consent, users  # isort: skip
