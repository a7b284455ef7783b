{
    "name": "VTI internships",
    "summary": "Internships (bpv) of an association: network, vacancies, selection, placement, evaluation",
    "version": "19.0.1.0.0",
    "category": "Services/Internships",
    "author": "VTI",
    "website": "https://www.example.org/vti",
    "license": "LGPL-3",
    "depends": ["contacts", "calendar", "crm", "event", "portal", "survey", "website"],
    "data": [],
    "assets": {},
}
