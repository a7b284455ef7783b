from . import (
    event_check,
    partner,
    partner_training,
    event_audience,
    event_guard,
    event_page,
    event_seats,
    event_registration,
    event_waiting,
    event_queue,
)
from . import event_class, res_config_settings, mail_template, event_mail, survey
