#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "host/contract/progress.h"

namespace pebench::run {

/// How far a trial has come, by its own words.
struct Progress {
  double fraction = 0;  ///< in [0, 1]
  std::int64_t epoch = 0;
  std::int64_t epochs = 0;
  bool evaluating = false;
  std::optional<double> loss;
  std::optional<double> best;  ///< the selection metric's best value so far
};

/// Follows the events that a trial writes. Whatever is no event is passed over: the pipe belongs to a process
/// that may be broken.
class ProgressReader {
 public:
  /// Takes the next bytes of the pipe. Returns those of the lines completed by them that are events, each
  /// with its newline.
  std::string feed(std::string_view bytes);

  const Progress& progress() const { return progress_; }
  const std::optional<contract::Failure>& failure() const { return failure_; }
  /// What the trial warned of since the last call.
  std::vector<std::string> take_warnings() { return std::exchange(warnings_, {}); }
  /// Lines that were no events.
  std::int64_t unreadable_lines() const { return unreadable_lines_; }

 private:
  void take(const contract::StartEvent& event);
  void take(const contract::EpochEvent& event);
  void take(const contract::EvaluateEvent& event);
  void take(const contract::WarningEvent& event);
  void take(const contract::Failure& failure);
  void advance_to(double fraction);

  std::string partial_;
  bool too_long_ = false;
  Progress progress_;
  std::optional<contract::Failure> failure_;
  std::vector<std::string> warnings_;
  std::int64_t unreadable_lines_ = 0;
};

}  // namespace pebench::run
