#pragma once

#include "host/base/error.h"

namespace pebench::contract {

/// A file of results is not as it was written, or is missing where another says that it is there. Whoever can
/// do without the trial may go on; the sentence names the file.
class Damaged : public base::InputError {
 public:
  using base::InputError::InputError;
};

}  // namespace pebench::contract
