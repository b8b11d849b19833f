#pragma once

#define PY_SSIZE_T_CLEAN
#define Py_LIMITED_API 0x030a0000  // CPython 3.10 and newer, one binary interface
#include <Python.h>

#include <string>
#include <utility>

namespace python {

/// A Python exception is set in this thread; what C++ throws through C++ until it is translated.
struct Raised {};

/// Owns one reference, or nothing. Made and destroyed while this thread holds the interpreter.
class Object {
 public:
  Object() = default;
  /// Takes over a new reference. Throws Raised for NULL.
  explicit Object(PyObject* made) : object_(made) {
    if (made == nullptr) throw Raised();
  }
  Object(Object&& other) noexcept : object_(std::exchange(other.object_, nullptr)) {}
  Object& operator=(Object&& other) noexcept {
    std::swap(object_, other.object_);
    return *this;
  }
  ~Object() { Py_XDECREF(object_); }

  PyObject* get() const { return object_; }
  /// Hands the reference over.
  PyObject* release() { return std::exchange(object_, nullptr); }

 private:
  PyObject* object_ = nullptr;
};

/// UTF-8. Throws Raised for what is no text.
inline std::string text(PyObject* object) {
  Py_ssize_t size = 0;
  const char* bytes = PyUnicode_AsUTF8AndSize(object, &size);
  if (bytes == nullptr) throw Raised();
  return {bytes, static_cast<size_t>(size)};
}

}  // namespace python
