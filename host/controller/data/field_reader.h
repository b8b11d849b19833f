#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <unordered_map>
#include <vector>

#include "host/controller/data/columns.h"

namespace pebench::data {

/// Throws InputError, beginning with `place`, for a name of a field that is not made of letters, digits, '_'
/// and '-'.
void require_field_name(const std::string& field, const std::string& place);

/// Collects the values of items.jsonl's fields and makes columns of them (see tsv_format.h for what becomes
/// what).
class FieldReader {
 public:
  explicit FieldReader(std::int64_t items) : items_(items) {}

  /// Gives a word of a field the next number, before it is met.
  void list(const std::string& field, const std::string& word);
  /// Throws InputError, beginning with `place`, for a value of a kind that the field cannot have.
  void add(Item item, const std::string& field, const nlohmann::json& value, const std::string& place);

  /// The fields in order of their names.
  std::vector<FieldColumn> columns() const;

 private:
  struct Sparse {
    bool whole = false;  ///< of integers, not of texts
    std::unordered_map<std::string, std::int32_t> ids;
    std::vector<std::string> vocabulary;
    std::map<Item, std::vector<std::int32_t>> rows;
  };
  struct Dense {
    std::size_t width = 0;
    std::map<Item, std::vector<float>> rows;
  };
  struct Entry;
  void add_sparse(const Entry& entry, const std::vector<std::string>& words, bool whole);
  void add_dense(const Entry& entry, const std::vector<float>& values);

  std::int64_t items_;
  std::map<std::string, Sparse> sparse_;
  std::map<std::string, Dense> dense_;
};

}  // namespace pebench::data
