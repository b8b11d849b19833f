#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <vector>

#include "host/base/text_writer.h"
#include "host/controller/export/sink.h"

namespace pebench::exporting {

/// Files TABLE.csv as RFC 4180 has them, with a header; what is nothing is empty, a number the shortest text
/// that reads back as the same.
class CsvSink : public Sink {
 public:
  /// The folder must be there. Throws InputError where a file cannot be made.
  CsvSink(const std::filesystem::path& folder, const std::vector<const Table*>& tables);

  void add(const Table& table, const Row& row) override;
  void finish() override;

 private:
  std::map<const Table*, std::unique_ptr<base::TextWriter>> files_;
};

}  // namespace pebench::exporting
