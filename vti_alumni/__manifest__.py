{
    "name": "VTI internship alumni",
    "summary": "After the internship: alumni, ambassadors, rewards, stories",
    "version": "19.0.1.0.0",
    "category": "Services/Internships",
    "author": "VTI",
    "website": "https://www.example.org/vti",
    "license": "LGPL-3",
    "depends": ["vti_bpv"],
    "data": [
        "security/ir.model.access.csv",
        "security/rules.xml",
        "views/alumnus_views.xml",
        "views/alumni_page.xml",
        "views/my_home.xml",
    ],
}
