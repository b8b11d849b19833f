#include "host/controller/cli/reference.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <regex>

#include "host/base/error.h"
#include "host/base/nearest.h"
#include "host/controller/suite/keys.h"
#include "host/controller/suite/presets.h"
#include "host/terminal/table.h"

namespace pebench::cli {
namespace {

using contract::Key;
using contract::KeyType;

/// How what one would type is set off from prose.
using Code = std::string (*)(const std::string& text);

std::string plain(const std::string& text) { return text; }
std::string ticked(const std::string& text) { return "`" + text + "`"; }

const char* type_text(KeyType type) {
  switch (type) {
    case KeyType::integer:
      return "integer";
    case KeyType::number:
      return "number";
    case KeyType::flag:
      return "flag";
    case KeyType::text:
      return "text";
    case KeyType::integers:
      return "list of integers";
    case KeyType::texts:
      return "list of texts";
    case KeyType::table:
      return "table";
    case KeyType::tables:
      return "tables";
  }
  return "";
}

std::string allowed_text(const Key& key, Code code) {
  if (key.type == KeyType::flag) return code("true") + ", " + code("false");
  if (const auto* interval = std::get_if<contract::Interval>(&key.allowed)) return interval->text();
  if (const auto* pattern = std::get_if<contract::Pattern>(&key.allowed)) return pattern->form;
  if (const auto* free = std::get_if<contract::Free>(&key.allowed)) return free->text;
  std::vector<std::string> words;
  for (const std::string& word : std::get<contract::Words>(key.allowed)) words.push_back(code(word));
  return fmt::format("{}", fmt::join(words, ", "));
}

/// As it would stand in a suite.
std::string toml_text(const nlohmann::json& value) {
  if (value.is_null()) return "inf";
  if (!value.is_array()) return value.dump();
  std::vector<std::string> elements;
  for (const auto& element : value) elements.push_back(toml_text(element));
  return fmt::format("[{}]", fmt::join(elements, ", "));
}

std::string initial_text(const Key& key, Code code) {
  return key.initial.value ? code(toml_text(*key.initial.value)) : key.initial.otherwise;
}

/// "[model]", "[[dataset]]"; a table inside another by its name alone.
std::string title_of(const std::string& section) {
  for (const Key* key : suite::keys_of(""))
    if (key->name == section) return fmt::format(key->type == KeyType::tables ? "[[{}]]" : "[{}]", section);
  return section.empty() ? "The tables of a suite" : section;
}

/// What the row of the table itself says.
std::string help_of(const std::string& section) {
  for (const Key& key : suite::keys())
    if (key.full_name() == section) return key.help;
  return "";
}

/// The presets among whose names the part's `preset` chooses; null if it has none.
const suite::PresetTable* presets_of(const ReferencePart& part) {
  const bool has_preset =
      std::any_of(part.keys.begin(), part.keys.end(), [](const Key* key) { return key->name == "preset"; });
  if (has_preset)
    for (const suite::PresetTable* table : {&suite::model_presets(), &suite::protocol_presets()})
      if (table->section == part.section) return table;
  return nullptr;
}

std::string keys_table(const ReferencePart& part, bool colour) {
  using Align = terminal::Table::Align;
  terminal::Table table({{"key", Align::left},
                         {"type", Align::left},
                         {"allowed", Align::left},
                         {"default", Align::left},
                         {"", Align::left}});
  for (const Key* key : part.keys)
    table.add_row(
        {key->name, type_text(key->type), allowed_text(*key, plain), initial_text(*key, plain), key->help});
  return table.text(colour);
}

std::string presets_table(const suite::PresetTable& presets, bool colour) {
  std::vector<terminal::Table::Column> columns = {{"preset", terminal::Table::Align::left}};
  for (const std::string& name : presets.names) columns.push_back({name, terminal::Table::Align::left});
  terminal::Table table(columns);
  for (const auto& row : presets.rows) {
    std::vector<std::string> cells = {row.setting};
    for (const auto& value : row.values) cells.push_back(toml_text(value));
    table.add_row(cells);
  }
  return table.text(colour);
}

// Markdown

/// `<` would begin a tag and `|` end a cell. "(docs/model.md, Windows)" becomes a link to that heading.
std::string prose(const std::string& text) {
  static const std::regex special("[<|]"), page(R"(\(docs/(\w+\.md)\))"),
      heading(R"(\(docs/(\w+\.md), ([^)]+)\))");
  std::string escaped = std::regex_replace(text, special, R"(\$&)");
  escaped = std::regex_replace(escaped, page, "([$1]($1))");
  std::smatch found;
  while (std::regex_search(escaped, found, heading)) {
    std::string anchor = found[2];
    for (char& c : anchor)
      c = c == ' ' ? '-' : static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    const std::string file = found[1], title = found[2];
    escaped = fmt::format("{}([{}, {}]({}#{})){}", found.prefix().str(), file, title, file, anchor,
                          found.suffix().str());
  }
  return escaped;
}

std::string markdown_row(const std::vector<std::string>& cells) {
  return fmt::format("| {} |\n", fmt::join(cells, " | "));
}

std::string markdown_head(const std::vector<std::string>& titles) {
  return markdown_row(titles) + markdown_row(std::vector<std::string>(titles.size(), "---"));
}

std::string markdown_keys(const ReferencePart& part) {
  std::string text = markdown_head({"key", "type", "allowed", "default", "what it is"});
  for (const Key* key : part.keys)
    text += markdown_row({ticked(key->name), type_text(key->type), prose(allowed_text(*key, ticked)),
                          prose(initial_text(*key, ticked)), prose(key->help)});
  return text;
}

std::string markdown_presets(const suite::PresetTable& presets) {
  std::vector<std::string> titles = {"preset"};
  for (const std::string& name : presets.names) titles.push_back(ticked(name));
  std::string text = markdown_head(titles);
  for (const auto& row : presets.rows) {
    std::vector<std::string> cells = {ticked(row.setting)};
    for (const auto& value : row.values) cells.push_back(ticked(toml_text(value)));
    text += markdown_row(cells);
  }
  return text;
}

nlohmann::json json_of(const Key& key) {
  nlohmann::json json = {{"key", key.full_name()},
                         {"type", type_text(key.type)},
                         {"allowed", allowed_text(key, plain)},
                         {"required", !key.initial.example.empty()},
                         {"help", key.help}};
  if (const auto* words = std::get_if<contract::Words>(&key.allowed)) json["words"] = *words;
  if (key.initial.value) json["default"] = *key.initial.value;
  if (!key.initial.example.empty()) json["example"] = key.initial.example;
  if (!key.initial.otherwise.empty()) json["otherwise"] = key.initial.otherwise;
  return json;
}

bool is_or_is_inside(const std::string& section, const std::string& name) {
  return section == name || section.compare(0, name.size() + 1, name + ".") == 0;
}

[[noreturn]] void refuse_name(const std::string& name) {
  std::vector<std::string> tables, all, last_words;
  for (const Key& key : suite::keys()) {
    if (!key.section.empty() && (tables.empty() || tables.back() != key.section))
      tables.push_back(key.section);
    all.push_back(key.full_name());
    last_words.push_back(key.name);
  }
  std::string remedy = base::remedy(name, tables);
  if (const std::string* meant = base::nearest(name, all))
    remedy = fmt::format("did you mean \"{}\"?", *meant);
  else if (const std::string* word = base::nearest(name, last_words))
    remedy = fmt::format("did you mean \"{}\"?", all[static_cast<std::size_t>(word - last_words.data())]);
  throw base::InputError(fmt::format("suites have no table or key \"{}\"; {}", name, remedy));
}

}  // namespace

std::vector<ReferencePart> find_reference(const std::string& name) {
  std::vector<ReferencePart> tables, single;
  for (const Key& key : suite::keys()) {
    if (name.empty() || (!key.section.empty() && is_or_is_inside(key.section, name))) {
      if (tables.empty() || tables.back().section != key.section) tables.push_back({key.section, {}});
      tables.back().keys.push_back(&key);
    }
    if (key.full_name() == name) single.push_back({key.section, {&key}});
  }
  if (!tables.empty()) return tables;
  if (!single.empty()) return single;
  refuse_name(name);
}

std::string reference_text(const std::vector<ReferencePart>& parts, bool colour) {
  std::string text;
  for (const ReferencePart& part : parts) {
    const std::string title = title_of(part.section), help = help_of(part.section);
    text += text.empty() ? "" : "\n";
    text += colour ? terminal::styled(title, terminal::Table::Style::bold) : title;
    text += help.empty() ? "\n" : "  " + help + "\n";
    text += keys_table(part, colour);
    if (const auto* presets = presets_of(part)) text += "\n" + presets_table(*presets, colour);
  }
  return text;
}

std::string reference_markdown(const std::vector<ReferencePart>& parts) {
  std::string text;
  for (const ReferencePart& part : parts) {
    const std::string help = help_of(part.section);
    text += fmt::format("{}### {}\n", text.empty() ? "" : "\n",
                        part.section.empty() ? title_of("") : ticked(title_of(part.section)));
    if (!help.empty()) text += prose(help) + "\n\n";
    text += markdown_keys(part);
    if (const auto* presets = presets_of(part)) text += "\n" + markdown_presets(*presets);
  }
  return text;
}

nlohmann::json reference_json(const std::vector<ReferencePart>& parts) {
  nlohmann::json json = {{"keys", nlohmann::json::array()}, {"presets", nlohmann::json::object()}};
  for (const ReferencePart& part : parts) {
    for (const Key* key : part.keys) json["keys"].push_back(json_of(*key));
    if (const auto* presets = presets_of(part))
      for (std::size_t i = 0; i < presets->names.size(); ++i)
        for (const auto& row : presets->rows)
          json["presets"][presets->section][presets->names[i]][row.setting] = row.values[i];
  }
  return json;
}

}  // namespace pebench::cli
