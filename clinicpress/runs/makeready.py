"""Imports, once and early, what lays pages out, in the process that workers are forked from.

Nothing else imports this module. What is missing is said by the job that needs it.
"""

import gc
from contextlib import suppress
from importlib import import_module

STAGES = (
    "runs.pipeline",
    "checks.grey",
    "checks.layout",
    "checks.paper",
    "checks.seen.lines",
    "checks.seen.order",
    "counter.page",
    "figures.plate",
    "authoring.gallery",
    "pages.compose",
    "comparison.view",
    "pages.tags",
    "press.finish",
    "press.imposition",
)
"""The modules that a job needs, and those that they import."""

with suppress(Exception):
    from clinicpress.pages.typeset import load_engine

    load_engine()
    for stage in STAGES:
        import_module(f"clinicpress.{stage}")
gc.freeze()  # so that no worker copies what all of them share
