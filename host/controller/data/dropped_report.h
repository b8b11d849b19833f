#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "host/base/text_writer.h"
#include "host/controller/data/recipe.h"

namespace pebench::data {

/// A CSV with a row for every event that a recipe left out: user, item, timestamp, step, reason. It appears
/// with keep(); without it nothing is left.
class DroppedReport {
 public:
  /// Throws InputError if `path` exists already.
  static void require_new(const std::filesystem::path& path);
  /// Throws InputError if `path` exists already or cannot be written.
  explicit DroppedReport(const std::filesystem::path& path);
  ~DroppedReport();
  DroppedReport(const DroppedReport&) = delete;
  DroppedReport& operator=(const DroppedReport&) = delete;

  void add(const DroppedEvent& event);
  /// Throws InputError if not all could be written.
  void keep();

 private:
  std::filesystem::path path_;
  std::string temporary_;
  std::unique_ptr<base::TextWriter> rows_;
};

}  // namespace pebench::data
