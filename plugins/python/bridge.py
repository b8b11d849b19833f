"""Between the C++ side of the plugin and the class of an encoding: module pebench._bridge, embedded in the library."""

import collections.abc
import gc
import itertools
import json
import os
import site
import sys
import traceback
import types

import pebench
from pebench import _host

HOOKS = ("begin", "input", "rotate", "bias", "value", "output")

_numbers = itertools.count(1)


class Options(collections.abc.Mapping):
    """The options of the suite, which remembers what was read, so that a misspelt key does not pass in silence."""

    def __init__(self, values):
        self._values = values
        self._read = set()

    def __getitem__(self, key):
        self._read.add(key)
        return self._values[key]

    def __iter__(self):
        return iter(self._values)

    def __len__(self):
        return len(self._values)

    def require_all_read(self, name):
        unread = [key for key in self._values if key not in self._read]
        if unread:
            raise ValueError(f'{name} does not read the option "{unread[0]}"; it reads: '
                             f'{", ".join(sorted(self._read)) or "none"}')


class Instance:
    """An encoding of a file. Hooks take and return handles; of a hook that is not in `hooks` none may be called."""

    def __init__(self, path, class_name, options, environment, config, has_value):
        if not path:
            raise ValueError('option file is not set; name the file of the encoding: options = { file = "my_encoding.py" }')
        if environment:
            _add_packages_of(os.path.join(os.path.dirname(path), environment))
        self._module = _execute(path)
        encoder = _chosen(self._module, path, class_name)
        options = Options(_parsed(options))
        self._encoder = encoder(pebench.Build(), pebench.Config(*config), options)
        options.require_all_read(encoder.__name__)
        self._name = encoder.__name__
        self.hooks = tuple(hook for hook in HOOKS if callable(getattr(encoder, hook, None)))
        if ("value" in self.hooks) != has_value:
            raise ValueError(
                f'{self._name} has no hook value(): run it with encoder = "python"' if has_value else
                f'{self._name} has the hook value(): run it with plugin = "python", encoder = "python_value"')

    def close(self):
        sys.modules.pop(self._module.__name__, None)
        self._module = self._encoder = None
        gc.collect()  # a module and its functions hold each other

    def begin(self):
        self._encoder.begin()

    def input(self, sequence, x):
        return self._handle("input", self._encoder.input(_told(pebench.Sequence, sequence), pebench.Tensor(x)))

    def rotate(self, site, q, k):
        result = self._encoder.rotate(_told(pebench.Site, site), pebench.Tensor(q), pebench.Tensor(k))
        if not isinstance(result, (tuple, list)) or len(result) != 2:
            raise TypeError(f"{self._name}.rotate() must return the pair (q, k); it returned {_kind(result)}")
        return self._handle("rotate", result[0]), self._handle("rotate", result[1])

    def bias(self, site):
        result = self._encoder.bias(_told(pebench.Site, site))
        return 0 if result is None else self._handle("bias", result)

    def value(self, site):
        result = self._encoder.value(_told(pebench.Site, site))
        return 0 if result is None else self._handle("value", result)

    def output(self, site, y):
        return self._handle("output", self._encoder.output(_told(pebench.Site, site), pebench.Tensor(y)))

    def _handle(self, hook, result):
        if not isinstance(result, (pebench.Tensor, pebench.Parameter)):
            raise TypeError(f"{self._name}.{hook}() must return a pebench.Tensor; it returned {_kind(result)}")
        return result.handle


def describe(error):
    """An exception -> (status, text): what and where, then the traceback from the encoding's file on. The status is OK for
    a refused operation, of which the host has the reason."""
    if isinstance(error, pebench.Unsupported):
        return _host.E_UNSUPPORTED, str(error)
    report = traceback.TracebackException.from_exception(error)
    _forget_own_frames(report)
    headline = "".join(traceback.format_exception_only(type(error), error)[-1:]).strip()
    if isinstance(error, SyntaxError):
        headline += f" (line {error.lineno} of {error.filename})"
    elif report.stack:
        frame = report.stack[-1]
        headline += f" (line {frame.lineno} of {frame.filename}, in {frame.name})"
    else:
        return _status(error), str(error)
    lines = report.format() if report.stack else report.format_exception_only()
    return _status(error), headline + "\n" + "".join(lines).rstrip()


def _status(error):
    if isinstance(error, pebench.Failed):
        return _host.OK
    return _host.E_INVALID if isinstance(error, (ValueError, TypeError)) else _host.E_INTERNAL


def _forget_own_frames(report):
    """Leaves the frames of the author's files, in the causes of the exception too."""
    while report is not None:
        report.stack = traceback.StackSummary.from_list(
            [frame for frame in report.stack if not frame.filename.startswith("<pebench")])
        report = report.__cause__ or report.__context__


def _add_packages_of(environment):
    """Makes the packages of a virtual environment importable, after those of the interpreter."""
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    packages = os.path.join(environment, "lib", version, "site-packages")
    if not os.path.isdir(packages):
        raise ValueError(f"option venv: there is no folder {packages}; make the environment with "
                         f"{version} -m venv {environment}")
    if packages not in sys.path:
        site.addsitedir(packages)


def _execute(path):
    """The file as a module of its own, however many instances are made of it."""
    with open(path, "rb") as file:
        source = file.read()
    module = types.ModuleType(f"pebench_encoding_{next(_numbers)}")
    module.__file__ = path
    code = compile(source, path, "exec", dont_inherit=True)
    sys.modules[module.__name__] = module
    try:
        exec(code, module.__dict__)
    except BaseException:
        del sys.modules[module.__name__]
        raise
    return module


def _chosen(module, path, class_name):
    own = {name: value for name, value in vars(module).items()
           if isinstance(value, type) and issubclass(value, pebench.Encoder) and value.__module__ == module.__name__}
    if class_name:
        if class_name in own:
            return own[class_name]
        raise ValueError(f'{path} has no encoding "{class_name}"; it has: {", ".join(own) or "none"}')
    if not own:
        raise ValueError(f"{path} has no class that derives from pebench.Encoder")
    if len(own) > 1:
        raise ValueError(f'{path} has the encodings {", ".join(own)}; choose one by option class')
    return next(iter(own.values()))


def _parsed(text):
    if not text:
        return {}
    try:
        values = json.loads(text)
    except json.JSONDecodeError as error:
        raise ValueError(f"option options is no JSON: {error}") from None
    if not isinstance(values, dict):
        raise ValueError(f"option options must hold a JSON object, such as '{{\"slope\": 0.5}}'; it holds {text}")
    return values


def _tensor(handle):
    return pebench.Tensor(handle) if handle else None


def _told(kind, fields):
    """kind is Sequence or Site; fields its members in order: three flags, numbers, and handles of tensors."""
    flags, numbers, handles = fields
    return kind(*map(bool, flags), *numbers, *map(_tensor, handles))


def _kind(value):
    return "None (is a return missing?)" if value is None else f"a value of type {type(value).__name__}"
