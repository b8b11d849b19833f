#pragma once

namespace python {

/// Initialises CPython, isolated; this thread holds the interpreter afterwards. Throws std::runtime_error.
/// Once per process.
void initialise();

}  // namespace python
