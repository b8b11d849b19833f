#include "interpreter.h"

#include <stdexcept>

#include "host_module.h"
#include "sources.h"
#include "start.h"

namespace python {
namespace {

PyObject* bridge_module = nullptr;

/// Runs bootstrap.py, after which the package pebench is imported from the texts in this library.
PyObject* import_bridge() {
  const Object texts(PyDict_New());
  for (const Source& source : sources) {
    const Object content(PyUnicode_FromString(source.text));
    if (PyDict_SetItemString(texts.get(), source.module, content.get()) != 0) throw Raised();
  }
  const Object names(PyDict_New());
  if (PyDict_SetItemString(names.get(), "__builtins__", PyEval_GetBuiltins()) != 0 ||
      PyDict_SetItemString(names.get(), "sources", texts.get()) != 0) {
    throw Raised();
  }
  const Object code(Py_CompileString(bootstrap, "<pebench bootstrap>", Py_file_input));
  const Object result(PyEval_EvalCode(code.get(), names.get(), names.get()));
  add_host_module();
  return Object(PyImport_ImportModule("pebench._bridge")).release();
}

}  // namespace

void start() {
  if (bridge_module != nullptr) return;
  if (Py_IsInitialized() == 0) initialise();
  try {
    bridge_module = import_bridge();
  } catch (const Raised&) {
    PyErr_PrintEx(0);
  }
  PyEval_SaveThread();  // each call takes the interpreter for itself
  if (bridge_module == nullptr)
    throw std::runtime_error("the package pebench cannot be imported; the log says why");
}

PyObject* bridge() { return bridge_module; }

}  // namespace python
