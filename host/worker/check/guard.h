#pragma once

#include <pebench/pebench.h>

#include <cstdint>
#include <string>
#include <vector>

namespace pebench::check {

/// The host with an instrumented operation table. Custom operations run on memory of the guard's own: each
/// output and gradient is filled with garbage and fenced on both sides, and operands are compared afterwards.
/// Static.
const peb_host& guarded_host();

/// What the custom operations of this process did since the last reset.
struct CustomReport {
  std::int64_t forwards = 0, backwards = 0;
  std::vector<std::string> violations;  ///< "operation 'x', backward: wrote beyond gradient 0"
};
CustomReport custom_report();
void reset_custom_report();

/// The byte that outputs and gradients of custom operations hold before they are written.
void set_garbage(std::uint8_t byte);

/// While one exists, normal() of the guarded table gives the mean alone.
class NoNoise {
 public:
  NoNoise();
  ~NoNoise();
  NoNoise(const NoNoise&) = delete;
  NoNoise& operator=(const NoNoise&) = delete;
};

}  // namespace pebench::check
