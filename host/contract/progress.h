#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "host/contract/record.h"

namespace pebench::contract {

/// Names the environment variable that tells a trial which of its file descriptors its events go to. Without
/// it nobody listens.
constexpr const char* progress_variable = "PEBENCH_PROGRESS_FD";

/// A number that was not told.
constexpr double untold = std::numeric_limits<double>::quiet_NaN();

// What a trial says while it runs. Numbers that are not finite are untold, counts are 0 then.

struct StartEvent {
  std::int64_t epochs = 0;  ///< at most
};

struct EpochEvent {
  std::int64_t epoch = 0;  ///< from 1
  std::int64_t epochs = 0;
  double loss = untold;
  double gradient_norm = untold;
  double select = untold;    ///< the selection metric
  double best = untold;      ///< its best value so far
  double fraction = untold;  ///< of the whole trial
  double seconds = untold;   ///< of this epoch
};

struct EvaluateEvent {
  double fraction = untold;  ///< of the whole trial
};

struct WarningEvent {
  std::string text;
};

/// Why a trial has no good record, in its own words or its supervisor's.
struct Failure {
  Status status = Status::failed;  ///< never ok
  std::string reason;
};

using ProgressEvent = std::variant<StartEvent, EpochEvent, EvaluateEvent, WarningEvent, Failure>;

/// The event as a line of JSON, its newline included.
std::string to_line(const ProgressEvent& event);

/// Reads a line, without its newline, of a trial that may be broken: values of another type count as untold,
/// and a line that is no event at all is nothing.
std::optional<ProgressEvent> progress_event(std::string_view line);

}  // namespace pebench::contract
