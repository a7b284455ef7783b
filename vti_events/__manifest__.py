{
    "name": "VTI internship events",
    "summary": "Meeting: speed-dates, workshops, guest lessons, reunions",
    "version": "19.0.1.0.0",
    "category": "Services/Internships",
    "author": "VTI",
    "website": "https://www.example.org/vti",
    "license": "LGPL-3",
    "depends": ["vti_bpv", "website_event"],
    "external_dependencies": {"python": ["highspy"]},
    "data": [
        "security/groups.xml",
        "security/ir.model.access.csv",
        "data/event_type.xml",
        "data/speed/mail_template.xml",
        "data/speed/cron.xml",
        "views/event_views.xml",
        "views/event_page.xml",
        # speed-dates
        "views/speed/speed_grid.xml",
        "views/speed/speed_line_views.xml",
        "views/speed/speed_views.xml",
        "views/speed/speed_pages.xml",
        "views/speed/speed_reports.xml",
    ],
    "assets": {
        "web.assets_backend": ["vti_events/static/src/speed_grid/*", "vti_events/static/src/speed_whatif/*"],
        "vti_bpv.assets_public": ["vti_events/static/src/js/speed.js"],
        # the screen in the hall is opened by staff, who get Odoo's page around it
        "web.assets_frontend": ["vti_events/static/src/js/speed.js"],
    },
}
