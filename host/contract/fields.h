#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace pebench::contract {

/// Parses a file's text. Throws InputError naming `file` if it is not JSON.
nlohmann::json parse_json(const std::string& text, const std::string& file);

/// JSON as text, in one line or indented by so many blanks. Bytes that are not UTF-8, as names of files may
/// have, are replaced (U+FFFD), numbers that are not finite become null.
std::string dump(const nlohmann::json& json, int indent = -1);

/// The text of a JSON document as it stands on disk: dump(), indented.
std::string json_text(const nlohmann::json& json);

/// A path for a document that another program opens it by. Throws InputError for one that is not UTF-8, which
/// JSON cannot carry.
std::string utf8_path(const std::filesystem::path& path);

/// Reads one JSON object strictly: each key is asked for by name, and `finish` refuses those nobody asked
/// for. Every refusal is an InputError with the file, the place inside it and the value found.
class Fields {
 public:
  /// `json` must outlive this. `place` is the object's path inside the file, empty at the top.
  Fields(const nlohmann::json& json, std::string file, std::string place = {});

  /// Whether there is such a key.
  bool has(const std::string& key) const { return json_.contains(key); }
  const nlohmann::json& value(const std::string& key);
  Fields object(const std::string& key);
  std::vector<Fields> objects(const std::string& key);

  std::string text(const std::string& key);
  std::int64_t integer(const std::string& key);
  /// Integers that may need all 64 bits: seeds.
  std::uint64_t natural(const std::string& key);
  std::vector<std::uint64_t> naturals(const std::string& key);
  bool boolean(const std::string& key);
  /// null, which stands where JSON cannot write a NaN or an infinity, is read as NaN.
  double number(const std::string& key);
  /// null is nothing.
  std::optional<std::int64_t> optional_integer(const std::string& key);
  std::optional<double> optional_number(const std::string& key);
  std::optional<std::string> optional_text(const std::string& key);
  std::vector<std::string> text_list(const std::string& key);
  /// An object whose values are numbers.
  std::map<std::string, double> numbers(const std::string& key);

  /// Throws if the object has a key that was not read.
  void finish() const;

  /// Throws: the value of `key`, which was found, should be `expected`.
  [[noreturn]] void refuse(const std::string& key, const std::string& expected) const;

 private:
  std::string place_of(const std::string& key) const;

  const nlohmann::json& json_;
  std::string file_;
  std::string place_;
  std::set<std::string> read_;
};

}  // namespace pebench::contract
