from . import contact, home
from . import import_file
from . import my_account
from . import my_company
from . import my_profile
from . import my_students
from . import password
from . import cv
from . import short_link
from . import website_info
