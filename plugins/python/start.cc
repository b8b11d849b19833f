// Starting an interpreter is the one thing that CPython's stable interface does not cover.
#include "start.h"

#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <dlfcn.h>
#include <signal.h>

#include <stdexcept>
#include <string>

namespace python {
namespace {

void require(const PyStatus& status) {
  if (PyStatus_Exception(status)) {
    throw std::runtime_error(std::string("Python does not start: ") +
                             (status.err_msg != nullptr ? status.err_msg : "it gives no reason"));
  }
}

/// Extension modules (math, numpy) leave libpython's symbols to the program. The host loads plugins with
/// RTLD_LOCAL, so the library behind this plugin has to be made visible to them.
void show_symbols_to_extension_modules() {
  Dl_info library{};
  if (::dladdr(reinterpret_cast<void*>(&Py_GetVersion), &library) != 0) {
    ::dlopen(library.dli_fname, RTLD_NOW | RTLD_NOLOAD | RTLD_GLOBAL);
  }
}

/// The module _signal, once imported by whomever, takes SIGINT for itself, unasked. It is imported here and
/// now, and SIGINT given back: Ctrl-C is the host's.
void give_back_interrupts(const struct sigaction& before) {
  PyObject* module = PyImport_ImportModule("_signal");
  if (module == nullptr) PyErr_Clear();
  Py_XDECREF(module);
  ::sigaction(SIGINT, &before, nullptr);
}

}  // namespace

void initialise() {
  struct sigaction interrupt {};
  ::sigaction(SIGINT, nullptr, &interrupt);
  show_symbols_to_extension_modules();
  PyPreConfig before;
  PyPreConfig_InitIsolatedConfig(&before);
  before.utf8_mode = 1;  // text is read alike under every locale
  require(Py_PreInitialize(&before));

  PyConfig config;
  PyConfig_InitIsolatedConfig(&config);
  config.use_hash_seed = 1;  // a set of words has the same order in every process
  config.hash_seed = 0;
  config.write_bytecode = 0;
  config.buffered_stdio = 0;  // the interpreter never ends, so nothing would flush
  PyStatus status = PyConfig_SetBytesString(&config, &config.program_name, PYTHON_EXECUTABLE);
  if (!PyStatus_Exception(status)) status = Py_InitializeFromConfig(&config);
  PyConfig_Clear(&config);
  require(status);
  give_back_interrupts(interrupt);
}

}  // namespace python
