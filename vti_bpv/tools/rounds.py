"""Long work in steps, as a scheduled job does it."""

import logging

_logger = logging.getLogger(__name__)


def do_whole(env, step, what):
    """Do a step whole, or not at all; what is wrong goes to the log.

    :return: the error, or None
    """
    try:
        with env.cr.savepoint():
            step()
    except Exception as error:
        _logger.exception("%s can't be done", what)
        return error
    return None


def go_round(env, steps, what, batch=None, give_up=None):
    """Do steps one by one, each whole or not at all, until the job's time is up: the next run goes on from there.

    A step that can't be done is logged, and doesn't keep the others waiting.

    :param list steps: functions without arguments
    :param str what: what a step is, for the log, such as "A mail about saved searches"
    :param int batch: how many at most; what is beyond only tells that there is more to do
    :param give_up: called with the number of the step and the error, outside what was rolled back
    """
    cron = env["ir.cron"]
    cron._commit_progress(remaining=len(steps))
    for number, step in enumerate(steps[:batch]):
        error = do_whole(env, step, what)
        if error and give_up:
            give_up(number, error)
        if not cron._commit_progress(1):
            break
