#include "host/contract/fields.h"

#include <fmt/format.h>

#include <limits>

#include "host/base/error.h"

namespace pebench::contract {
namespace {

constexpr const char* remedy = "restore the file, or delete it to have the run write it anew";

// Long values would bury the sentence.
std::string shortened(const nlohmann::json& json) {
  std::string text = dump(json);
  return text.size() <= 60 ? text : text.substr(0, 60) + "...";
}

}  // namespace

nlohmann::json parse_json(const std::string& text, const std::string& file) {
  try {
    return nlohmann::json::parse(text);
  } catch (const nlohmann::json::parse_error& error) {
    throw base::InputError(fmt::format("{} is not JSON (byte {}): {}", file, error.byte, remedy));
  }
}

std::string dump(const nlohmann::json& json, int indent) {
  return json.dump(indent, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::string json_text(const nlohmann::json& json) { return dump(json, 1) + "\n"; }

std::string utf8_path(const std::filesystem::path& path) {
  try {
    (void)nlohmann::json(path.string()).dump();
  } catch (const nlohmann::json::type_error&) {
    throw base::InputError(
        fmt::format("{}: a trial cannot be told of a path that is not UTF-8; rename it", path.string()));
  }
  return path.string();
}

Fields::Fields(const nlohmann::json& json, std::string file, std::string place)
    : json_(json), file_(std::move(file)), place_(std::move(place)) {
  if (!json_.is_object())
    throw base::InputError(fmt::format("{}: `{}` is {}, but should be an object; {}", file_,
                                       place_.empty() ? "the document" : place_, shortened(json_), remedy));
}

std::string Fields::place_of(const std::string& key) const {
  return place_.empty() ? key : place_ + "." + key;
}

void Fields::refuse(const std::string& key, const std::string& expected) const {
  throw base::InputError(fmt::format("{}: `{}` is {}, but should be {}; {}", file_, place_of(key),
                                     shortened(json_.at(key)), expected, remedy));
}

const nlohmann::json& Fields::value(const std::string& key) {
  auto found = json_.find(key);
  if (found == json_.end())
    throw base::InputError(fmt::format("{}: `{}` is missing; {}", file_, place_of(key), remedy));
  read_.insert(key);
  return *found;
}

Fields Fields::object(const std::string& key) { return {value(key), file_, place_of(key)}; }

std::vector<Fields> Fields::objects(const std::string& key) {
  const auto& array = value(key);
  if (!array.is_array()) refuse(key, "an array");
  std::vector<Fields> fields;
  for (std::size_t i = 0; i < array.size(); ++i)
    fields.emplace_back(array[i], file_, fmt::format("{}[{}]", place_of(key), i));
  return fields;
}

std::string Fields::text(const std::string& key) {
  const auto& json = value(key);
  if (!json.is_string()) refuse(key, "a string");
  return json.get<std::string>();
}

std::int64_t Fields::integer(const std::string& key) {
  const auto& json = value(key);
  if (!json.is_number_integer()) refuse(key, "an integer");
  return json.get<std::int64_t>();
}

std::uint64_t Fields::natural(const std::string& key) {
  const auto& json = value(key);
  if (!json.is_number_unsigned()) refuse(key, "an integer that is not negative");
  return json.get<std::uint64_t>();
}

std::vector<std::uint64_t> Fields::naturals(const std::string& key) {
  const auto& array = value(key);
  if (!array.is_array()) refuse(key, "an array");
  for (const auto& json : array)
    if (!json.is_number_unsigned()) refuse(key, "integers that are not negative");
  return array.get<std::vector<std::uint64_t>>();
}

bool Fields::boolean(const std::string& key) {
  const auto& json = value(key);
  if (!json.is_boolean()) refuse(key, "true or false");
  return json.get<bool>();
}

double Fields::number(const std::string& key) {
  const auto& json = value(key);
  if (json.is_null()) return std::numeric_limits<double>::quiet_NaN();
  if (!json.is_number()) refuse(key, "a number");
  return json.get<double>();
}

std::optional<std::int64_t> Fields::optional_integer(const std::string& key) {
  if (value(key).is_null()) return std::nullopt;
  return integer(key);
}

std::optional<double> Fields::optional_number(const std::string& key) {
  if (value(key).is_null()) return std::nullopt;
  return number(key);
}

std::vector<std::string> Fields::text_list(const std::string& key) {
  const auto& array = value(key);
  if (!array.is_array()) refuse(key, "an array");
  for (const auto& json : array)
    if (!json.is_string()) refuse(key, "texts");
  return array.get<std::vector<std::string>>();
}

std::optional<std::string> Fields::optional_text(const std::string& key) {
  if (value(key).is_null()) return std::nullopt;
  return text(key);
}

std::map<std::string, double> Fields::numbers(const std::string& key) {
  Fields fields = object(key);
  std::map<std::string, double> numbers;
  for (const auto& item : fields.json_.items()) numbers[item.key()] = fields.number(item.key());
  return numbers;
}

void Fields::finish() const {
  for (const auto& item : json_.items())
    if (read_.count(item.key()) == 0)
      throw base::InputError(
          fmt::format("{}: `{}` is not a key this version knows; read it with the version that wrote it",
                      file_, place_of(item.key())));
}

}  // namespace pebench::contract
