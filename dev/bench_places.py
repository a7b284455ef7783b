"""Fills a database with any number of realistic places, for dev/bench_search.py.

The demo season's places are the models: their texts, trades and levels. Every place more is a copy
with a company, a town, dates, days and pay of its own, written by SQL as the ORM would have computed
it, since making 100,000 of them one by one takes an hour. `check` proves the copy right on a sample.
"""

from odoo.tools import SQL

COMPANY = """
    INSERT INTO res_partner ({columns}, name, complete_name, commercial_company_name, ref, company_registry, zip, city,
                             postcode_id, employee_count)
    SELECT {values}, n.name, n.name, n.name, NULL, NULL, pc.code || ' AB', pc.place, pc.id, 3 + n.number %% 240
    FROM generate_series(%(start)s, %(stop)s) AS number_(number)
    CROSS JOIN LATERAL (
        SELECT number_.number, (ARRAY['Van Dijk', 'Bakker', 'De Wit', 'Hollandse', 'Noord', 'Kievit', 'Meijer', 'Delta',
            'Oranje', 'Smit', 'Polder', 'Vechtstreek'])[1 + number_.number %% 12] || ' '
            || (ARRAY['Techniek', 'Installaties', 'Elektro', 'Klimaat', 'Loodgieters', 'Service', 'Koudetechniek']
            )[1 + number_.number %% 7] || ' ' || number_.number AS name
    ) n
    JOIN (SELECT *, row_number() OVER (ORDER BY code) - 1 AS row FROM vti_postcode) pc
      ON pc.row = (number_.number::bigint * 2654435761 %% 1000003) %% (SELECT count(*) FROM vti_postcode)
    CROSS JOIN (SELECT * FROM res_partner WHERE id = %(model)s) m
"""
PLACE = """
    INSERT INTO vti_vacancy ({columns}, name, employer_id, place_id, town, latitude, longitude, published_on,
        confirmed_on, date_from, date_to, period, days_per_week, hours_per_week, allowance, side_job, is_paid,
        search_head, search_body, copied_from_id)
    SELECT {values}, n.name, c.id, c.id, c.city, pc.latitude, pc.longitude, n.published_on, n.published_on,
        n.date_from, n.date_from + 140, CASE WHEN extract(month FROM n.date_from) BETWEEN 2 AND 7
            THEN extract(year FROM n.date_from) || '-1'
            ELSE extract(year FROM n.date_from - interval '1 month') || '-2' END,
        n.days, n.days * 8, n.allowance, n.side_job,
        CASE WHEN m.learning_path = 'bbl' THEN m.salary > 0 ELSE n.allowance > 0 END,
        n.name || substr(m.search_head, length(m.name) + 1),
        concat_ws(E'\\n', c.city, c.name, m.description, m.learning, m.requirements, replace(m.kind, '_', ' ')), m.id
    FROM generate_series(%(start)s, %(stop)s) AS number_(number)
    JOIN (SELECT *, row_number() OVER (ORDER BY id) - 1 AS row FROM vti_vacancy WHERE id = ANY(%(models)s)) m
      ON m.row = (number_.number::bigint * 40503 %% 65537) %% %(model_count)s
    JOIN (SELECT id, name, city, postcode_id, row_number() OVER (ORDER BY id) - 1 AS row FROM res_partner
          WHERE id = ANY(%(companies)s)) c
      ON c.row = (number_.number::bigint * 2654435761 %% 1000003) %% %(company_count)s
    JOIN vti_postcode pc ON pc.id = c.postcode_id
    CROSS JOIN LATERAL (
        SELECT m.name || (ARRAY['', ' zonnepanelen', ' in de zorg', ' warmtepompen', '', ' nieuwbouw', ' scheepvaart',
                ' laadpalen', ' zwembaden', ''])[1 + number_.number / 7 %% 10] AS name,
            current_date - number_.number %% 120 AS published_on,
            current_date + 10 + number_.number %% 500 AS date_from,
            2 + number_.number / 3 %% 4 AS days,
            (ARRAY[0, 250, 300, 350, 400])[1 + number_.number / 11 %% 5] AS allowance,
            number_.number %% 5 = 0 AS side_job
    ) n
"""
OWN = {
    "res_partner": "name complete_name commercial_company_name ref company_registry zip city postcode_id"
                   " employee_count commercial_partner_id",
    "vti_vacancy": "name employer_id place_id town latitude longitude published_on confirmed_on date_from date_to"
                   " period days_per_week hours_per_week allowance side_job is_paid search_head search_body"
                   " search_vector copied_from_id branch_id contact_id mentor_id reference state places_left",
}  # fmt: skip
SET = {"vti_vacancy": {"state": "'published'", "places_left": "m.places_offered"}}


def _insert(env, statement, table, **values):
    """Run a statement that copies a row `m` of a table, with columns of its own."""
    env.cr.execute("SELECT column_name FROM information_schema.columns WHERE table_name = %s", [table])
    own = {"id", *OWN[table].split()}
    copied = {name: f'm."{name}"' for (name,) in env.cr.fetchall() if name not in own} | SET.get(table, {})
    columns, sources = (", ".join(names) for names in ((f'"{name}"' for name in copied), copied.values()))
    env.cr.execute(statement.format(columns=columns, values=sources), values)


def fill(env, wanted):
    """Publish places until there are `wanted`, at a tenth as many companies."""
    places = env["vti.vacancy"].search([("state", "=", "published")])
    models = env["vti.vacancy"].search([("state", "=", "published"), ("copied_from_id", "=", False)], limit=120)
    missing = wanted - len(places)
    if missing <= 0:
        return
    model = models.employer_id[:1]
    env.flush_all()
    start = len(places)
    last = env["res.partner"].search([], order="id desc", limit=1).id
    _insert(env, COMPANY, "res_partner", start=start, stop=start + missing // 10, model=model.id)
    env.cr.execute("UPDATE res_partner SET commercial_partner_id = id WHERE id > %s", [last])
    env.cr.execute("SELECT array_agg(id) FROM res_partner WHERE id > %s", [last])
    companies = env.cr.fetchone()[0]
    env.cr.execute("SELECT max(id) FROM vti_vacancy")
    newest = env.cr.fetchone()[0]
    _insert(
        env, PLACE, "vti_vacancy", start=start, stop=start + missing - 1, companies=companies, models=models.ids,
        company_count=len(companies), model_count=len(models),
    )  # fmt: skip
    env.cr.execute(SQL(
        """INSERT INTO vti_qualification_vti_vacancy_rel (vti_vacancy_id, vti_qualification_id)
           SELECT v.id, r.vti_qualification_id FROM vti_vacancy v
           JOIN vti_qualification_vti_vacancy_rel r ON r.vti_vacancy_id = v.copied_from_id WHERE v.id > %s""",
        newest,
    ))  # fmt: skip
    env.invalidate_all()
    check(env, newest)


def check(env, newest):
    """Compare what was written with what the ORM computes, on a sample.

    :raise AssertionError: showing what differs
    """
    sample = env["vti.vacancy"].search([("id", ">", newest)], order="id", limit=2000)[::100]
    names = ("town", "latitude", "longitude", "period", "levels", "is_paid", "search_head", "search_body")
    written = sample.read(names)
    for name in names:
        env.add_to_compute(sample._fields[name], sample)
    computed = sample.read(names)
    assert written == computed, [pair for pair in zip(written, computed, strict=True) if pair[0] != pair[1]][:1]
