"""Packages whose own initialisation waits until something asks for what it exports."""

from __future__ import annotations

import importlib.util
import sys
from typing import Any


def defer_initialisation(package: str) -> None:
    """Let submodules of ``package`` be imported without running its ``__init__``, until its first own name is used.

    Meant for packages whose ``__init__`` imports all the rest for convenience: three of LlamaIndex's take half of the
    time of a whole cold question (1.2 s of 2.5 s; the store itself needs none of what they bring). Nothing is lost:
    ``from package import Name`` runs the initialisation and finds the name. Does nothing for a package that is loaded.
    """
    if package in sys.modules:
        return
    spec = importlib.util.find_spec(package)
    if spec is None or spec.loader is None:
        return
    module = importlib.util.module_from_spec(spec)
    loader = spec.loader

    def _initialise(name: str) -> Any:
        del module.__dict__["__getattr__"]
        loader.exec_module(module)
        return getattr(module, name)

    # PEP 562: asked only for names that the module does not have.
    module.__dict__["__getattr__"] = _initialise
    sys.modules[package] = module
    parent, _, child = package.rpartition(".")
    setattr(sys.modules[parent], child, module)
