"""What of our modules a role reaches: public methods and readable fields, as the registry has them."""

import csv
import inspect
from pathlib import Path

SECURITY = Path(__file__).parent.parent / "security"
OURS = "odoo.addons.vti"
# the matrix has these, record by record
IN_MATRIX = {"create", "write", "unlink"}


def read_oracle(name):
    with (SECURITY / name).open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def is_callable_by_rpc(model_class, name):
    """Whether `call_kw` lets a method through, as odoo.service.model.get_public_method decides."""
    if name.startswith("_") or not callable(getattr(model_class, name, None)):
        return False
    return not any(getattr(getattr(base, name, None), "_api_private", False) for base in model_class.mro())


def get_public_methods(env):
    """The methods of ours that anybody may try to call: {(model, method)}, once for the model that has it."""
    found = set()
    for model in env.values():
        for base in type(model).mro():
            if not base.__module__.startswith(OURS) or "_name" not in base.__dict__:
                continue
            found |= {
                (base._name, name)
                for name, member in base.__dict__.items()
                if inspect.isfunction(member) and name not in IN_MATRIX and is_callable_by_rpc(type(model), name)
            }
    return found


def get_readable_fields(model):
    """The fields of a guarded model that the environment's user may read of a record in reach."""
    return {name for name, field in model._fields.items() if model._has_field_access(field, "read")}
