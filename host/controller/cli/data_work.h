#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "host/process/signals.h"

namespace pebench::cli {

/// Long work on data in this process. It shows how far that is, on a terminal in one line, elsewhere in a
/// line now and then. From the first checkpoint on, when there is something that must not be left behind,
/// Ctrl-C, SIGTERM and SIGHUP end it at the next one; before, they end the process.
class DataWork {
 public:
  /// `files` that will be read; none where that is not shown.
  explicit DataWork(const std::vector<std::filesystem::path>& files = {});
  ~DataWork();
  DataWork(const DataWork&) = delete;
  DataWork& operator=(const DataWork&) = delete;

  /// What reading is told to call.
  void on_read(std::int64_t bytes);
  /// What work on `all` things is told to call before each, `done` of which are done; `doing` is what is
  /// done to what: "exporting trials". It is a checkpoint too.
  void on_next(const char* doing, std::size_t done, std::size_t all);
  /// What all other work is told to call.
  void checkpoint();

  /// Does it; gives 0, or 128 and the number of the signal that ended it.
  int run(const std::function<void(DataWork&)>& work);

 private:
  using Clock = std::chrono::steady_clock;
  struct Signalled {
    int number;
  };
  bool is_time();
  void show(std::string line, double share);

  std::optional<process::SignalQueue> signals_;
  std::int64_t bytes_ = 0;  ///< of all files; 0 where they are not known
  std::int64_t read_ = 0;
  bool redraws_ = false, drawn_ = false;
  Clock::time_point begin_ = Clock::now(), next_;
  Clock::duration pause_;
};

}  // namespace pebench::cli
