#include "host/contract/whole_record.h"

#include <fmt/format.h>

#include <utility>

#include "host/contract/damaged.h"
#include "host/contract/kept_file.h"

namespace pebench::contract {
namespace {

/// With the digest that the record keeps of each.
std::vector<std::pair<std::filesystem::path, std::string>> kept_beside(const std::filesystem::path& path,
                                                                       const Record& record) {
  std::vector<std::pair<std::filesystem::path, std::string>> files;
  const auto folder = path.parent_path();
  if (const auto& ranks = record.result.ranks) files.emplace_back(folder / ranks_file, ranks->digest);
  if (const auto& recommendations = record.result.recommendations)
    files.emplace_back(folder / recommendations_file, recommendations->digest);
  return files;
}

}  // namespace

std::vector<std::filesystem::path> files_beside(const std::filesystem::path& path, const Record& record) {
  std::vector<std::filesystem::path> files;
  for (const auto& [file, digest] : kept_beside(path, record)) files.push_back(file);
  return files;
}

void check_files_beside(const std::filesystem::path& path, const Record& record) {
  for (const auto& [file, digest] : kept_beside(path, record)) kept_content(file, digest);
}

Record read_whole_record(const SuiteFolder& suite, const std::string& id) {
  const auto path = suite.record(id);
  Record record = read_record(path);
  if (record.id != id)
    throw Damaged(fmt::format(
        "{} is the record of another trial, {}: restore the file, or delete it to have the trial run again",
        path.string(), record.id));
  check_files_beside(path, record);
  return record;
}

}  // namespace pebench::contract
