"""Try what a role may do, and undo it."""

from odoo.exceptions import AccessError, MissingError


class TryMixin:
    """For tests whose records all stand before anything is tried."""

    def _is_let_in(self, act, passes=True):
        """Do something and undo it.

        :param act: what to do; its changes are written to the database before it is judged
        :param bool passes: what a wrong value or state means, as it is met past the door
        :return: whether access let it through
        """
        savepoint = self.env.cr.savepoint(flush=False)
        try:
            act()
            self.env.flush_all()
            let_in = True
        except (AccessError, MissingError):
            let_in = False
        except Exception:  # noqa: BLE001 - a constraint, a missing value, a wrong state
            let_in = passes
        savepoint.close(rollback=True)
        self._forget(let_in)
        return let_in

    def _forget(self, changed):
        """Drop what is cached, but not after a refusal at the door: thousands of those change nothing."""
        transaction = self.env.transaction
        if changed or transaction.field_dirty or transaction.tocompute:
            self.env.cr.clear()
