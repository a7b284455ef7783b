import threading
from contextlib import contextmanager

from odoo import api
from odoo.exceptions import UserError
from odoo.modules.registry import Registry
from odoo.service.model import retrying
from odoo.tests import BaseCase, get_db_name
from odoo.tools import mute_logger


class ParallelCase(BaseCase):
    """Transactions that really run at the same time, each with a connection of its own.

    They commit: `_make(env)` makes what a test needs, `_remove(env)` takes all of it away again.
    """

    def setUp(self):
        super().setUp()
        self.registry = Registry(get_db_name())
        with self.open_env() as env:
            self._make(env)
        self.addCleanup(self._clean)

    def _clean(self):
        with self.open_env() as env:
            self._remove(env)

    @contextmanager
    def open_env(self):
        """Give the environment of a transaction of its own, which is committed at the end."""
        with self.registry.cursor() as cr:
            yield api.Environment(cr, api.SUPERUSER_ID, {"tracking_disable": True})

    def at_once(self, *deeds):
        """Run deeds in threads that start together.

        :param deeds: functions that read, in their own environment, what they act on, and give the call to make
        :return: per deed None, or the message its user gets
        :rtype: list
        """
        barrier, results = threading.Barrier(len(deeds)), {}

        def run(number, deed):
            try:
                with self.open_env() as env:
                    call = deed(env)
                    barrier.wait(timeout=60)
                    retrying(call, env)
                results[number] = None
            except UserError as error:
                results[number] = str(error)

        threads = [threading.Thread(target=run, args=pair) for pair in enumerate(deeds)]
        # whoever comes second hits a serialisation failure, which the platform logs and tries again
        with mute_logger("odoo.sql_db"):
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join(120)
        return [results.get(number, "no answer") for number in range(len(deeds))]
