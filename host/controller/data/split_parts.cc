#include "host/controller/data/split_parts.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cctype>
#include <map>
#include <numeric>

#include "host/base/error.h"

namespace pebench::data {
namespace {

/// The letters between other characters, small.
std::vector<std::string> words_of(const std::string& name) {
  std::vector<std::string> words(1);
  for (const char c : name)
    if (std::isalpha(static_cast<unsigned char>(c)))
      words.back() += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    else if (!words.back().empty())
      words.emplace_back();
  return words;
}

/// None for a file that is no part, several for one that says to be more than one.
std::vector<std::string> named_by(const std::filesystem::path& file) {
  static const std::map<std::string, std::string> known = {
      {"train", "train"}, {"training", "train"},   {"dev", "valid"}, {"val", "valid"},
      {"valid", "valid"}, {"validation", "valid"}, {"test", "test"}};
  std::vector<std::string> parts;
  for (const std::string& word : words_of(file.filename().string()))
    if (const auto found = known.find(word);
        found != known.end() && std::find(parts.begin(), parts.end(), found->second) == parts.end())
      parts.push_back(found->second);
  return parts;
}

}  // namespace

std::vector<std::string> parts_of(const std::vector<std::filesystem::path>& files) {
  std::vector<std::string> parts;
  for (const auto& file : files) {
    const auto named = named_by(file);
    parts.push_back(named.size() == 1 ? named.front() : "");
  }
  const auto has = [&](const char* part) {
    return std::find(parts.begin(), parts.end(), part) != parts.end();
  };
  return has("train") && has("test") && !has("") ? parts : std::vector<std::string>();
}

std::string note_of_unclear_parts(const std::vector<std::filesystem::path>& files) {
  for (const auto& file : files)
    if (const auto named = named_by(file); files.size() > 1 && named.size() > 1)
      return fmt::format(
          "{} is called after {}, so that the files are read as one whole; rename it to keep a split",
          file.filename().string(), fmt::join(named, " and "));
  return {};
}

std::vector<std::size_t> order_of_parts(const std::vector<std::string>& parts, std::size_t files) {
  std::vector<std::size_t> order(files);
  std::iota(order.begin(), order.end(), 0);
  const auto rank = [&](std::size_t file) {
    return std::find(std::begin(part_words), std::end(part_words), parts[file]) - std::begin(part_words);
  };
  if (!parts.empty())
    std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return rank(a) < rank(b); });
  return order;
}

std::string note_of_parts(const Columns& columns) {
  const EventColumn* parts = event_column(columns, part_feature);
  if (parts == nullptr) return {};
  if (!parts->field.sparse || std::count(parts->ids.begin(), parts->ids.end(), -1) > 0)
    throw base::InputError(
        "the column of the split has events without a part: write train, valid or test for each");
  for (const std::string& word : parts->vocabulary)
    if (std::find(std::begin(part_words), std::end(part_words), word) == std::end(part_words))
      throw base::InputError(fmt::format(
          "the column of the split says '{}', and its words are train, valid and test: write one of them",
          word));
  std::map<std::string, std::int64_t> counts;
  for (const std::int32_t id : parts->ids) ++counts[parts->vocabulary[id]];
  std::int64_t late = 0;
  for (std::size_t user = 0; user < columns.user_ids.size(); ++user) {
    bool over = false;
    for (std::int64_t event = columns.offsets[user]; event < columns.offsets[user + 1]; ++event) {
      const bool trains = parts->vocabulary[parts->ids[event]] == part_words[0];
      over = over || !trains;
      late += over && trains;
    }
  }
  std::string note =
      fmt::format("the split is kept: {} events train, {} validate, {} test; eval.split = \"files\" {}",
                  counts[part_words[0]], counts[part_words[1]], counts[part_words[2]],
                  counts[part_words[1]] > 0 && counts[part_words[2]] > 0
                      ? "takes it"
                      : "needs events that validate and events that test");
  if (late > 0)
    note += fmt::format(
        "; {} training events come after one of their user that is not, and do not train then", late);
  return note;
}

}  // namespace pebench::data
