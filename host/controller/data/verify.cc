#include "host/controller/data/verify.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/iostreams/device/mapped_file.hpp>
#include <cmath>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string_view>
#include <unordered_set>

#include "host/base/error.h"
#include "host/base/file.h"
#include "host/base/hash.h"
#include "host/base/refusal.h"
#include "host/base/span.h"
#include "host/data/dataset.h"
#include "host/data/files.h"
#include "host/data/negatives_text.h"

namespace pebench::data {
namespace {

/// A file in memory, with what dataset.json says of it.
struct Content {
  boost::iostreams::mapped_file_source file;  ///< closed where it is empty
  std::string hash;

  std::string_view text() const {
    return file.is_open() ? std::string_view(file.data(), file.size()) : std::string_view();
  }
  template <class T>
  base::Span<const T> as() const {
    const auto bytes = text();
    return {reinterpret_cast<const T*>(bytes.data()), static_cast<std::ptrdiff_t>(bytes.size() / sizeof(T))};
  }
};

class Verifier {
 public:
  Verifier(const std::filesystem::path& folder, const nlohmann::json& meta) : folder_(folder), meta_(meta) {}

  SetVerification run() {
    for (const auto& [name, expected] : meta_.at("files").items()) open(name, expected);
    found_.files = static_cast<std::int64_t>(meta_.at("files").size());
    users_ = meta_.at("users");
    items_ = meta_.at("items");
    events_ = meta_.at("events");
    check_events();
    for (const auto& field : meta_.at("fields")) check_field(field);
    if (meta_.contains("event_fields"))
      for (const auto& field : meta_.at("event_fields")) check_event_field(field);
    return std::move(found_);
  }

 private:
  template <class... Arguments>
  void fault(fmt::format_string<Arguments...> sentence, Arguments&&... arguments) {
    found_.faults.push_back(fmt::format(sentence, std::forward<Arguments>(arguments)...));
  }

  void open(const std::string& name, const nlohmann::json& expected) {
    const auto path = folder_ / name;
    std::error_code error;
    const auto size = std::filesystem::file_size(path, error);
    if (error) return fault("{} cannot be read: {}", name, error.message());
    const auto bytes = expected.at("bytes").get<std::uintmax_t>();
    if (size != bytes) fault("{} has {} bytes, and {} says {}", name, size, file::meta, bytes);
    Content content;
    try {
      if (size > 0) content.file.open(path.string());
    } catch (const std::ios_base::failure&) {
      return fault("{} cannot be read: check its permissions", name);
    }
    content.hash = base::sha256(content.text());
    if (size == bytes && content.hash != expected.at("sha256").get<std::string>())
      fault("{} is not as it was written: its SHA-256 is not the one {} gives", name, file::meta);
    contents_.emplace(name, std::move(content));
  }

  /// The file's content; nothing, which was said, where there is none.
  const Content* content(const std::string& name) {
    const auto found = contents_.find(name);
    if (found != contents_.end()) return &found->second;
    if (!meta_.at("files").contains(name)) fault("{} is no file that {} names", name, file::meta);
    return nullptr;
  }

  template <class T>
  std::optional<base::Span<const T>> values(const std::string& name, std::int64_t expected) {
    const Content* found = content(name);
    if (found == nullptr) return std::nullopt;
    const auto all = found->as<T>();
    if (all.size() == expected && found->text().size() == all.size() * sizeof(T)) return all;
    fault("{} has {} bytes, and should have {} values of {}", name, found->text().size(), expected,
          sizeof(T));
    return std::nullopt;
  }

  void check_hash(const std::string& what, std::string lines, const std::vector<std::string>& names,
                  const nlohmann::json& expected) {
    for (const std::string& name : names) {
      const Content* found = content(name);
      if (found == nullptr) return;
      lines += found->hash + "\n";
    }
    if (base::sha256(lines) != expected.get<std::string>())
      fault("the hash of {} in {} is not that of its files", what, file::meta);
  }

  /// As many lines as there should be, none empty where they are names, and all distinct.
  void check_lines(const std::string& name, std::int64_t expected, bool may_be_empty) {
    const Content* found = content(name);
    if (found == nullptr) return;
    std::string_view text = found->text();
    std::unordered_set<std::string_view> seen;
    std::int64_t lines = 0;
    while (!text.empty()) {
      const std::size_t end = std::min(text.find('\n'), text.size());
      const std::string_view line = text.substr(0, end);
      ++lines;
      if (line.empty() && !may_be_empty) fault("{}: line {} is empty", name, lines);
      if (!seen.insert(line).second) fault("{}: line {}, '{:.60}', stands there twice", name, lines, line);
      text.remove_prefix(std::min(end + 1, text.size()));
    }
    if (lines != expected) fault("{} has {} lines, and should have {}", name, lines, expected);
  }

  /// From 0 up to `end`, never down.
  bool check_offsets(const std::string& name, base::Span<const std::int64_t> offsets, std::int64_t end) {
    for (std::ptrdiff_t i = 0; i < offsets.size(); ++i)
      if (offsets[i] < (i == 0 ? 0 : offsets[i - 1]) || (i == 0 && offsets[i] != 0) || offsets[i] > end) {
        fault("{}: value {} is {}, and they ascend from 0 to {}", name, i, offsets[i], end);
        return false;
      }
    if (offsets.back() == end) return true;
    fault("{}: the last value is {}, and should be {}", name, offsets.back(), end);
    return false;
  }

  void check_events() {
    const auto offsets = values<std::int64_t>(file::offsets, users_ + 1);
    const auto items = values<std::int32_t>(file::items, events_);
    const auto times = values<std::int64_t>(file::times, events_);
    check_lines(file::user_ids, users_, /*may_be_empty=*/false);
    check_lines(file::item_ids, items_, /*may_be_empty=*/false);
    check_hash("the events", "", {file::offsets, file::items, file::times, file::user_ids, file::item_ids},
               meta_.at("events_hash"));
    if (items)
      for (std::int64_t event = 0; event < events_; ++event)
        if ((*items)[event] < 1 || (*items)[event] > items_) {
          fault("{}: event {} is of item {}, and items are 1 to {}", file::items, event, (*items)[event],
                items_);
          break;
        }
    if (offsets && times && check_offsets(file::offsets, *offsets, events_)) check_order(*offsets, *times);
  }

  void check_order(base::Span<const std::int64_t> offsets, base::Span<const std::int64_t> times) {
    for (std::int64_t user = 0; user < users_; ++user)
      for (std::int64_t event = offsets[user] + 1; event < offsets[user + 1]; ++event)
        if (times[event] < times[event - 1])
          return fault("{}: event {} of user {} is earlier than the one before", file::times, event, user);
  }

  void check_field(const nlohmann::json& field) {
    const std::string name = field.at("name");
    const std::int64_t width = field.at("width");
    const auto file = [&](const char* what) { return field_file(name, what); };
    if (field.at("kind") == "sparse") {
      check_hash("field " + name, name + "\n", {file("offsets.i64"), file("ids.i32"), file("vocabulary.txt")},
                 field.at("hash"));
      check_lines(file("vocabulary.txt"), width, /*may_be_empty=*/true);
      check_categories(file("offsets.i64"), file("ids.i32"), width);
    } else {
      const bool half = field.value("type", "") == "float16";
      const std::string values_name = values_file(name, half);
      check_hash("field " + name, name + "\n", {values_name}, field.at("hash"));
      const std::int64_t count = (items_ + 1) * width;
      if (half)
        check_finite<std::uint16_t>(values_name, count,
                                    [](std::uint16_t bits) { return (bits & 0x7c00) != 0x7c00; });
      else
        check_finite<float>(values_name, count, [](float value) { return std::isfinite(value); });
    }
  }

  template <class T, class IsFinite>
  void check_finite(const std::string& name, std::int64_t count, IsFinite is_finite) {
    const auto numbers = values<T>(name, count);
    if (numbers && !std::all_of(numbers->begin(), numbers->end(), is_finite))
      fault("{} has a value that is no finite number", name);
  }

  /// Every line a JSON list of ids.
  void check_negatives(const std::string& name) {
    std::ifstream lines(folder_ / name);
    try {
      for (std::string line; std::getline(lines, line);) ids_in(line);
    } catch (const base::InputError& error) {
      fault("{}: {}", name, error.what());
    }
  }

  /// A feature of events.
  void check_event_field(const nlohmann::json& field) {
    const std::string name = field.at("name");
    const auto file = [&](const char* what) { return event_file(name, what); };
    if (field.at("kind") != "sparse") {
      check_hash("the events' " + name, name + "\n", {file("values.f32")}, field.at("hash"));
      values<float>(file("values.f32"), events_);
      return;
    }
    const std::int64_t width = field.at("width");
    check_hash("the events' " + name, name + "\n", {file("ids.i32"), file("vocabulary.txt")},
               field.at("hash"));
    check_lines(file("vocabulary.txt"), width, /*may_be_empty=*/true);
    if (name == negatives_feature) check_negatives(file("vocabulary.txt"));
    const auto ids = values<std::int32_t>(file("ids.i32"), events_);
    if (ids && !std::all_of(ids->begin(), ids->end(), [&](auto id) { return id >= -1 && id < width; }))
      fault("{} has a category that is not from -1 to below {}", file("ids.i32"), width);
  }

  void check_categories(const std::string& offsets_name, const std::string& ids_name, std::int64_t width) {
    const auto offsets = values<std::int64_t>(offsets_name, items_ + 2);
    const Content* content_of_ids = content(ids_name);
    if (!offsets || content_of_ids == nullptr) return;
    const auto ids = content_of_ids->as<std::int32_t>();
    if (!check_offsets(offsets_name, *offsets, ids.size())) return;
    for (std::int64_t row = 0; row <= items_; ++row)
      for (std::int64_t i = (*offsets)[row]; i < (*offsets)[row + 1]; ++i)
        if (ids[i] < 0 || ids[i] >= width || (i > (*offsets)[row] && ids[i] <= ids[i - 1]))
          return fault("{}: the categories of item {} do not ascend from 0 to below {}", ids_name, row,
                       width);
  }

  std::filesystem::path folder_;
  const nlohmann::json& meta_;
  std::map<std::string, Content> contents_;
  SetVerification found_;
  std::int64_t users_ = 0, items_ = 0, events_ = 0;
};

}  // namespace

SetVerification verify(const std::filesystem::path& folder) {
  const auto path = folder / file::meta;
  if (!base::exists(path))
    throw base::InputError(fmt::format(
        "{} is no imported data set: there is no {} in it; name a folder that `pebench data import` "
        "made",
        folder.string(), file::meta));
  const auto meta = nlohmann::json::parse(base::read_file(path), nullptr, /*allow_exceptions=*/false);
  if (meta.is_discarded() || !meta.is_object()) return {0, {fmt::format("{} is not JSON", file::meta)}};
  if (const auto format = meta.value("format", nlohmann::json()); format != format_version)
    throw base::InputError(
        fmt::format("{} is of format {}, and this program reads format {}: import the data set again",
                    path.string(), format.dump(), format_version));
  try {
    return Verifier(folder, meta).run();
  } catch (const nlohmann::json::exception& error) {
    return {0,
            {fmt::format("{} lacks what it should hold ({})", file::meta, base::without_name(error.what()))}};
  }
}

}  // namespace pebench::data
