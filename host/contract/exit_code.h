#pragma once

namespace pebench::contract {

// What pebench-trial ends with, besides 0.

constexpr int exit_bad_input = 2;
constexpr int exit_failed = 3;  ///< in an orderly way

}  // namespace pebench::contract
