#include "host/controller/data/field_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cmath>

#include "host/base/error.h"

namespace pebench::data {

struct FieldReader::Entry {
  Item item;
  const std::string& field;
  const nlohmann::json& value;
  const std::string& place;

  [[noreturn]] void refuse(const std::string& why) const {
    throw base::InputError(fmt::format("{}: field '{}' is {:.60}{}", place, field, value.dump(), why));
  }
};

namespace {

std::string word_of(const nlohmann::json& value) {
  return value.is_string() ? value.get<std::string>() : value.dump();
}

}  // namespace

void require_field_name(const std::string& field, const std::string& place) {
  const auto allowed = [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) || c == '_' || c == '-';
  };
  if (field.empty() || !std::all_of(field.begin(), field.end(), allowed))
    throw base::InputError(fmt::format(
        "{}: the field name '{:.60}' is not made of letters, digits, '_' and '-': rename it", place, field));
}

void FieldReader::list(const std::string& field, const std::string& word) {
  Sparse& column = sparse_[field];
  if (column.ids.try_emplace(word, static_cast<std::int32_t>(column.vocabulary.size())).second)
    column.vocabulary.push_back(word);
}

void FieldReader::add(Item item, const std::string& field, const nlohmann::json& value,
                      const std::string& place) {
  require_field_name(field, place);
  const Entry entry{item, field, value, place};
  if (value.is_null()) return;
  if (value.is_string()) return add_sparse(entry, {value.get<std::string>()}, /*whole=*/false);
  if (value.is_number()) return add_dense(entry, {value.get<float>()});
  if (!value.is_array()) entry.refuse(": give a text, a number or a list of them");
  if (value.empty()) return;
  const auto all = [&](auto predicate) { return std::all_of(value.begin(), value.end(), predicate); };
  const bool texts = all([](const auto& v) { return v.is_string(); });
  const bool whole = all([](const auto& v) { return v.is_number_integer(); });
  // A dense field may have a row of whole numbers: the field's kind is what its first row made it.
  if (texts || (whole && dense_.count(field) == 0)) {
    std::vector<std::string> words;
    for (const auto& v : value) words.push_back(word_of(v));
    return add_sparse(entry, words, whole);
  }
  if (!all([](const auto& v) { return v.is_number(); }))
    entry.refuse(", a list of different kinds of values: use texts only, integers only or numbers only");
  add_dense(entry, value.get<std::vector<float>>());
}

void FieldReader::add_sparse(const Entry& entry, const std::vector<std::string>& words, bool whole) {
  if (dense_.count(entry.field) != 0) entry.refuse(", but was numbers before: keep to one kind");
  const auto [place, is_first] = sparse_.try_emplace(entry.field);
  Sparse& column = place->second;
  if (is_first) column.whole = whole;
  if (column.whole != whole)
    entry.refuse(fmt::format(", but was {} before: keep to one kind", whole ? "texts" : "whole numbers"));
  std::vector<std::int32_t> ids;
  for (const auto& word : words) {
    if (word.find('\n') != std::string::npos) entry.refuse(", which has a line break: remove it");
    const auto [known, is_new] =
        column.ids.try_emplace(word, static_cast<std::int32_t>(column.vocabulary.size()));
    if (is_new) column.vocabulary.push_back(word);
    ids.push_back(known->second);
  }
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  column.rows[entry.item] = std::move(ids);
}

void FieldReader::add_dense(const Entry& entry, const std::vector<float>& values) {
  if (sparse_.count(entry.field) != 0)
    entry.refuse(
        ", but was texts or whole numbers (categories) before: keep to one kind, and write quantities with a "
        "decimal point");
  Dense& column = dense_[entry.field];
  if (column.width == 0) column.width = values.size();
  if (column.width != values.size())
    entry.refuse(fmt::format(", {} numbers, but was {} before: give as many to every item", values.size(),
                             column.width));
  if (!std::all_of(values.begin(), values.end(), [](float v) { return std::isfinite(v); }))
    entry.refuse(", too large for a 32-bit number: scale it");
  column.rows[entry.item] = values;
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
