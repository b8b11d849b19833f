#include "host/data/field_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "host/base/error.h"

namespace pebench::data {
namespace {

[[noreturn]] void refuse(const std::string& place, const std::string& field, const std::string& why) {
  throw base::InputError(fmt::format("{}: field '{}' {}", place, field, why));
}

void require_name(const std::string& field, const std::string& place) {
  const auto allowed = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) || c == '_' || c == '-'; };
  if (field.empty() || !std::all_of(field.begin(), field.end(), allowed))
    refuse(place, field, "has a name that is not of letters, digits, '_' and '-': rename it");
}

std::string word_of(const nlohmann::json& value) {
  return value.is_string() ? value.get<std::string>() : value.dump();
}

}  // namespace

void FieldReader::add(Item item, const std::string& field, const nlohmann::json& value, const std::string& place) {
  require_name(field, place);
  if (value.is_null()) return;
  if (value.is_string()) return add_sparse(item, field, {value.get<std::string>()}, place);
  if (value.is_number()) return add_dense(item, field, {value.get<float>()}, place);
  if (!value.is_array()) refuse(place, field, fmt::format("is {}: give a text, a number or a list of them", value.dump()));
  if (value.empty()) return;
  const auto all = [&](auto predicate) { return std::all_of(value.begin(), value.end(), predicate); };
  if (all([](const auto& v) { return v.is_string(); }) || all([](const auto& v) { return v.is_number_integer(); })) {
    // A dense field may have a row of whole numbers: the field's kind is what its first row made it.
    if (dense_.count(field) == 0) {
      std::vector<std::string> words;
      for (const auto& v : value) words.push_back(word_of(v));
      return add_sparse(item, field, words, place);
    }
  }
  if (!all([](const auto& v) { return v.is_number(); }))
    refuse(place, field, "is a list of different kinds of values: use texts only, integers only or numbers only");
  add_dense(item, field, value.get<std::vector<float>>(), place);
}

void FieldReader::add_sparse(Item item, const std::string& field, const std::vector<std::string>& words,
                             const std::string& place) {
  if (dense_.count(field) != 0) refuse(place, field, "has texts here and numbers before: keep to one kind");
  Sparse& column = sparse_[field];
  std::vector<std::int32_t> ids;
  for (const auto& word : words) {
    if (word.find('\n') != std::string::npos) refuse(place, field, "has a value with a line break: remove it");
    const auto [entry, is_new] = column.ids.try_emplace(word, static_cast<std::int32_t>(column.vocabulary.size()));
    if (is_new) column.vocabulary.push_back(word);
    ids.push_back(entry->second);
  }
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  column.rows[item] = std::move(ids);
}

void FieldReader::add_dense(Item item, const std::string& field, const std::vector<float>& values, const std::string& place) {
  if (sparse_.count(field) != 0) refuse(place, field, "has numbers here and texts before: keep to one kind");
  Dense& column = dense_[field];
  if (column.width == 0) column.width = values.size();
  if (column.width != values.size())
    refuse(place, field, fmt::format("has {} numbers here and {} before: give as many to every item", values.size(), column.width));
  if (!std::all_of(values.begin(), values.end(), [](float v) { return std::isfinite(v); }))
    refuse(place, field, "has a number that is too large for 32 bits: scale it");
  column.rows[item] = values;
}

std::vector<FieldColumn> FieldReader::columns() const {
  std::map<std::string, FieldColumn> by_name;
  for (const auto& [name, column] : sparse_) {
    FieldColumn made;
    made.field = {name, true, static_cast<std::int64_t>(column.vocabulary.size())};
    made.vocabulary = column.vocabulary;
    made.offsets = {0, 0};
    for (Item item = 1; item <= items_; ++item) {
      if (const auto row = column.rows.find(item); row != column.rows.end())
        made.ids.insert(made.ids.end(), row->second.begin(), row->second.end());
      made.offsets.push_back(static_cast<std::int64_t>(made.ids.size()));
    }
    by_name[name] = std::move(made);
  }
  for (const auto& [name, column] : dense_) {
    FieldColumn made;
    made.field = {name, false, static_cast<std::int64_t>(column.width)};
    made.values.assign((items_ + 1) * column.width, 0.0f);
    for (const auto& [item, values] : column.rows)
      std::copy(values.begin(), values.end(), made.values.begin() + item * column.width);
    by_name[name] = std::move(made);
  }
  std::vector<FieldColumn> columns;
  for (auto& [name, column] : by_name) columns.push_back(std::move(column));
  return columns;
}

}  // namespace pebench::data
