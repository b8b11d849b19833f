#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "host/controller/data/text_file.h"

namespace pebench::data {

/// Names in the order of their numbers, where their first appearance in the files of a data set would give
/// another one: an exported set that is imported again gets its own numbers by it. It may list items without
/// events and words that no item has.
struct NameOrder {
  std::vector<std::string> items;
  std::map<std::string, std::vector<std::string>> words;        ///< of fields of items
  std::map<std::string, std::vector<std::string>> event_words;  ///< of features of events

  bool empty() const { return items.empty() && words.empty() && event_words.empty(); }
};

/// A file of such an order: JSON lines, {"numbered": "item", "name": "tea"} or
/// {"numbered": "word", "field": "brand", "name": "Leaf"}, "event_word" for features of events.
void write_order(const std::filesystem::path& path, const NameOrder& order);
/// Throws InputError for what is no such file, and for a name that is listed twice.
NameOrder read_order(TextFile& file);

}  // namespace pebench::data
