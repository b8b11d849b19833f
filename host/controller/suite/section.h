#pragma once

#include <toml++/toml.h>

#include <cstdint>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "host/contract/key.h"
#include "host/controller/suite/place.h"

namespace pebench::suite {

/// A table of a suite, read strictly by the rows that keys() has for it. A value of another type or that is
/// not allowed is refused with its place, finish() refuses keys without a row, and asking for one is a
/// std::logic_error. The table must outlive the section; copies count the keys asked for on their own.
class Section {
 public:
  /// `table` is null for a table that the suite does not have; `place` is then used for what it lacks. `name`
  /// is empty for the suite itself.
  Section(std::string name, const toml::table* table, Place place);

  /// Reads `key` from `value`, which stands elsewhere, at `place`, instead of the table's own.
  void replace(const std::string& key, const toml::node& value, Place place);

  bool is_replaced(const std::string& key) const { return replaced_.count(key) != 0; }

  /// Whether the table has it.
  bool has(const std::string& key);
  /// Whether it is [], which other lists may not be.
  bool has_empty_list(const std::string& key);
  /// Of the value; of the section where it is absent.
  Place place(const std::string& key) const;
  const Place& place() const { return place_; }
  /// Of the first of these keys whose value was replaced, else of the first that is there, else of the
  /// section.
  Place place_of_any(const std::vector<std::string>& keys) const;
  /// The places of a list's elements.
  std::vector<Place> places(const std::string& key) const;
  const std::string& name() const { return name_; }

  // The suite's value, or the one that keys() has for a suite without it. A key that must be there is refused
  // when it is absent; one that may be absent and has no value then is asked for after has().
  std::int64_t integer(const std::string& key);
  double number(const std::string& key);
  bool flag(const std::string& key);
  std::string text(const std::string& key);
  /// One of the suite's own names.
  std::string text(const std::string& key, const contract::Words& names);
  std::vector<std::int64_t> integers(const std::string& key);
  std::vector<std::string> texts(const std::string& key);
  /// As JSON of the key's type; see read_value().
  nlohmann::json value(const std::string& key);

  /// The words that `key` allows.
  const contract::Words& words(const std::string& key);

  /// The table under `key`, empty where there is none.
  Section table(const std::string& key);
  /// The [[tables]] under `key`.
  std::vector<Section> tables(const std::string& key);
  /// Every key with its value, in alphabetical order, of a table whose keys are free.
  std::vector<std::pair<std::string, const toml::node*>> entries() const;

  /// Refuses a key without a row. Throws std::logic_error for a row that nobody asked for.
  void finish() const;

 private:
  /// The key's row, which counts as asked for.
  const contract::Key& row(const std::string& key);
  const contract::Key& row(const std::string& key, contract::KeyType type);
  const toml::node* find(const std::string& key) const;
  /// The same; refuses the absence of a key that must be there.
  const toml::node* find(const contract::Key& row) const;
  std::vector<std::string> known() const;
  std::vector<std::pair<std::string, Place>> unknown() const;

  std::string name_;
  const toml::table* table_;
  Place place_;
  std::vector<const contract::Key*> rows_;
  struct Replaced {
    const toml::node* value;
    Place place;
  };
  std::map<std::string, Replaced> replaced_;
  std::set<std::string> asked_;
};

}  // namespace pebench::suite
