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
        "data/event_type.xml",
        "views/event_views.xml",
        "views/event_page.xml",
    ],
}
