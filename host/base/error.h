#pragma once

#include <stdexcept>
#include <string>

namespace pebench::base {

/// Bad input of the user: a suite, data, a plugin, a record, an argument. `what()` is one sentence with
/// place, value and remedy. The programs print it and exit with 2.
class InputError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace pebench::base
