{
    "name": "VTI internship platform",
    "summary": "The site as VTI runs it: pages, look, demo season and access matrix",
    "version": "19.0.1.0.0",
    "category": "Services/Internships",
    "author": "VTI",
    "website": "https://www.example.org/vti",
    "license": "LGPL-3",
    "application": True,
    "depends": ["vti_bpv", "vti_events", "vti_alumni"],
    "data": [],
    "assets": {},
}
