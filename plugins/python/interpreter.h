#pragma once

#include "object.h"

namespace python {

/// Starts the interpreter and imports the package pebench, at the first call in a process; it is never
/// finalised. Neither the environment (PYTHONPATH, PYTHONHASHSEED, ...) nor the working directory nor the
/// user's own packages have a say, and signals stay the host's. Throws std::runtime_error. [main]
void start();

/// Holds the interpreter: between construction and destruction this thread may use Python. Any thread, after
/// start().
class Hold {
 public:
  Hold() : state_(PyGILState_Ensure()) {}
  ~Hold() { PyGILState_Release(state_); }
  Hold(const Hold&) = delete;
  Hold& operator=(const Hold&) = delete;

 private:
  PyGILState_STATE state_;
};

/// The module pebench._bridge (bridge.py), borrowed.
PyObject* bridge();

}  // namespace python
