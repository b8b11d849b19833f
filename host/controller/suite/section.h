#pragma once

#include <toml++/toml.h>

#include <cstdint>
#include <limits>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "host/controller/suite/place.h"

namespace pebench::suite {

/// The numbers that a setting may have.
struct Interval {
  double low = -std::numeric_limits<double>::infinity();
  double high = std::numeric_limits<double>::infinity();
  bool low_included = false;
  bool high_included = false;

  static Interval at_least(double low);
  static Interval above(double low);
  static Interval between(double low, double high);

  bool contains(double value) const;
  std::string text() const;  ///< "in [0, 1)", "at least 1"
};

Place place_of(const toml::node& node, const std::string& file);
/// A number, boolean, string or array of these as JSON; an infinite number as the string "inf" or "-inf",
/// which JSON lacks. Nothing for tables and dates.
std::optional<nlohmann::json> json_of(const toml::node& node);

/// A table read strictly: a value of another type or outside its range is refused with its place, and
/// finish() refuses the keys that nobody asked for. The table must outlive the section; copies count the keys
/// asked for on their own.
class Section {
 public:
  /// `table` is null for a table that the suite does not have; `place` is then used for what it lacks. `name`
  /// is empty for the suite itself.
  Section(std::string name, const toml::table* table, Place place);

  /// Reads `key` from `value`, which stands elsewhere, in place of the table's own.
  void replace(const std::string& key, const toml::node& value);

  /// Whether the table has it. Like every function with a key, makes the key known.
  bool has(const std::string& key);
  /// Of the value; of the section where it is absent.
  Place place(const std::string& key) const;
  const Place& place() const { return place_; }
  /// Of the first of these keys whose value was replaced, else of the first that is there, else of the
  /// section.
  Place place_of_any(const std::vector<std::string>& keys) const;
  /// "model.width"
  std::string full_name(const std::string& key) const;

  // Each reads an optional key: `value` keeps what it holds when the key is absent. They return whether it
  // was there.
  bool read(const std::string& key, std::int64_t& value, Interval range);
  /// An integer literal will do. Infinity is refused unless the range includes it.
  bool read(const std::string& key, double& value, Interval range);
  bool read(const std::string& key, bool& value);
  /// Not empty.
  bool read(const std::string& key, std::string& value);
  bool read(const std::string& key, std::string& value, const std::vector<std::string>& choices);
  /// Lists are not empty and name nothing twice.
  bool read(const std::string& key, std::vector<std::int64_t>& values, Interval range);
  bool read(const std::string& key, std::vector<std::string>& values);

  /// Refuses a section without `key`; `example` is what one could write.
  void require(const std::string& key, std::string_view example);

  /// The table under `key`, empty where there is none.
  Section table(const std::string& key);
  /// The [[tables]] under `key`.
  std::vector<Section> tables(const std::string& key);
  /// Every key with its value, in alphabetical order; all count as known. For tables whose keys are free.
  std::vector<std::pair<std::string, const toml::node*>> entries();

  /// The places of a list's elements.
  std::vector<Place> places(const std::string& key) const;

  /// Refuses a key that was never asked for.
  void finish() const;

 private:
  const toml::node* find(const std::string& key);
  const toml::node* lookup(const std::string& key) const;
  const toml::array* list(const std::string& key);
  std::vector<std::pair<std::string, Place>> unknown() const;
  [[noreturn]] void refuse_value(const std::string& key, const toml::node& value,
                                 std::string_view wanted) const;

  std::string name_;
  const toml::table* table_;
  Place place_;
  std::map<std::string, const toml::node*> replaced_;
  std::vector<std::string> known_;
};

}  // namespace pebench::suite
