#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <string>

#include "host/base/error.h"

namespace pebench {

/// What the call's InputError says; a failure if it throws none.
inline std::string refusal(const std::function<void()>& call) {
  try {
    call();
  } catch (const base::InputError& error) {
    return error.what();
  }
  ADD_FAILURE() << "nothing was refused";
  return {};
}

}  // namespace pebench
