"""The doors that RPC comes in by, over the wire: each gives the answers of the matrix.

What every cell lets through is walked without the wire, in test_access_matrix.py; behind the three
doors there is one `call_kw`.
"""

import json
import re
import xmlrpc.client
from datetime import timedelta

import requests

from odoo import fields
from odoo.tests import HttpCase, JsonRpcException, tagged
from odoo.tools import mute_logger
from odoo.tools.json import json_default

from .access_people import PORTAL_ROLES
from .test_access_matrix import QUIET, MatrixMixin, describe

# ours, and what of Odoo's has rules in code
WALKED = re.compile(
    r"vti\.|mail\.message$|res\.(partner|users)$|ir\.attachment|survey\.user_input|gamification\.badge"
).match
# of these one is written, made and deleted by each role through each door
CHANGED = ("vti.application", "vti.consent", "vti.placement", "vti.student", "vti.vacancy", "res.partner")


@tagged("post_install", "-at_install")
class TestAccessDoors(MatrixMixin, HttpCase):
    def _open_door(self, door, user):
        """A way to call as a user.

        :param str door: "browser" with a session, "xmlrpc" with a password, "json2" with an API key
        :return: a function of model, method, ids and named values; None is what it gives when refused
        """
        if door == "browser":
            self.authenticate(user.login, user.login)
        key = user.with_user(user).env["res.users.apikeys"].sudo()._generate(
            "rpc", "test", fields.Datetime.now() + timedelta(days=1)
        )  # fmt: skip

        def call(model, method, ids, **values):
            args = [ids] if ids is not None else []
            if door == "xmlrpc":
                database = self.env.cr.dbname
                return self.xmlrpc_object.execute_kw(database, user.id, user.login, model, method, args, values)
            if door == "browser":
                params = {"model": model, "method": method, "args": args, "kwargs": values}
                return self.make_jsonrpc_request("/web/dataset/call_kw", params)
            answer = self.url_open(
                f"/json/2/{model}/{method}",
                json=values | ({"ids": ids} if ids is not None else {}),
                headers={"Authorization": f"Bearer {key}"},
            )
            answer.raise_for_status()
            return answer.json()

        def call_or_none(*args, **values):
            try:
                return call(*args, **values)
            except (JsonRpcException, xmlrpc.client.Fault, requests.HTTPError):
                return None

        return call_or_none

    def _get_deviations(self, role, call):
        """Find all records, and read one of each model that the role may not: {(model, whose, role): cells}"""
        deviations = {}
        for model in filter(WALKED, self.records):
            ids = {whose: record.id for whose, record in self.records[model].items()}
            found = call(model, "search", None, domain=[["id", "in", list(ids.values())]]) or []
            refused = None
            for whose, record_id in ids.items():
                expected = self.matrix[model, whose][role]
                if (record_id in found) != ("r" in expected):
                    deviations[model, whose, role] = f"find it: {record_id in found}", expected
                refused = refused or ("r" not in expected and whose)
            if refused and call(model, "read", [ids[refused]], fields=["id"]) is not None:
                deviations[model, refused, role] = "read it", "no"
        return deviations

    def _get_changes(self, role, call):
        """What a role may change of the records of the models that matter most; nothing at all."""
        deviations = {}
        for model in CHANGED:
            whose, record = next(iter(self.records[model].items()))
            _values, change = json.loads(json.dumps(self.values[model, whose], default=json_default))
            for method, ids, values in (
                ("create", None, {"vals_list": [{"name": "x"}]}),
                ("write", record.ids, {"vals": change}),
                ("unlink", record.ids, {}),
            ):
                if call(model, method, ids, **values) is not None:
                    deviations[model, whose, role] = method, "nothing"
        return deviations

    @mute_logger(*QUIET, "odoo.http", "odoo.addons.rpc.controllers.xmlrpc", "odoo.service.model")
    def test_browsers_door(self):
        deviations = {}
        for role in PORTAL_ROLES[1:]:
            call = self._open_door("browser", self.users[role])
            deviations |= self._get_deviations(role, call) | self._get_changes(role, call)
        self.assertFalse(deviations, describe(deviations))

    @mute_logger(*QUIET, "odoo.http", "odoo.addons.rpc.controllers.xmlrpc", "odoo.service.model")
    def test_programs_doors(self):
        """Other ways to say who one is; for the roles that differ most."""
        deviations = {}
        for role in ("student", "company", "school"):
            for door in ("xmlrpc", "json2"):
                call = self._open_door(door, self.users[role])
                mine = self.users[role].ids
                self.assertEqual(call("res.users", "search", None, domain=[["id", "in", mine]]), mine, "the door opens")
                found = self._get_deviations(role, call) | self._get_changes(role, call)
                deviations |= {
                    (model, whose, f"{role} by {door}"): seen for (model, whose, _role), seen in found.items()
                }
        self.assertFalse(deviations, describe(deviations))

    @mute_logger(*QUIET, "odoo.http")
    def test_strangers_have_no_door(self):
        params = {"model": "vti.vacancy", "method": "search", "args": [[]], "kwargs": {}}
        with self.assertRaisesRegex(JsonRpcException, "SessionExpired"):
            self.make_jsonrpc_request("/web/dataset/call_kw", params)
        for headers in ({}, {"Authorization": "Bearer 0123456789abcdef0123456789abcdef01234567"}):
            answer = self.url_open("/json/2/vti.vacancy/search", json={"domain": []}, headers=headers)
            self.assertEqual(answer.status_code, 401)
        with mute_logger("odoo.addons.rpc.controllers.xmlrpc"), self.assertRaises(xmlrpc.client.Fault):
            self.xmlrpc_object.execute_kw(self.env.cr.dbname, self.user_student.id, "x", "vti.vacancy", "search", [[]])

    @mute_logger(*QUIET, "odoo.http")
    def test_portal_users_make_no_keys(self):
        """Off unless VTI turns it on: a key outlives a password."""
        for role in PORTAL_ROLES[1:]:
            wizard = self.env["res.users.apikeys.description"].with_user(self.users[role])
            with self.subTest(role), self.assertRaisesRegex(Exception, "internal"):
                wizard.check_access_make_key()
