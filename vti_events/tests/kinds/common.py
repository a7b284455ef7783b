from odoo.addons.vti_bpv.tests.common import VtiMixin


class KindsMixin(VtiMixin):
    """Events in a far future, so that they are open whatever day it is."""

    @classmethod
    def make_event(cls, kind="workshop", **values):
        hosts = {"guest_lesson": "host_school_id", "class_information": "host_school_id",
                 "company_visit": "host_employer_id", "parents": "host_employer_id"}  # fmt: skip
        host = hosts.get(kind)
        owner = {"host_school_id": cls.school, "host_employer_id": cls.company}.get(host)
        return cls.env["event.event"].create(
            {"name": f"A {kind}", "event_type_id": cls.env.ref(f"vti_events.event_type_{kind}").id,
             "date_begin": "2099-03-03 09:00:00", "date_end": "2099-03-03 11:00:00", "is_published": True,
             **({host: owner.id} if host else {}), **values}
        )  # fmt: skip

    @classmethod
    def register(cls, event, person, **values):
        return cls.env["event.registration"].create(
            {"event_id": event.id, "partner_id": person.id, "name": person.name, "email": person.email, **values}
        )

    @classmethod
    def as_public(cls):
        return cls.env["event.event"].with_user(cls.env.ref("base.public_user"))
