#include "host/controller/tune/tuned_suite.h"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <sstream>

#include "host/base/file.h"
#include "host/controller/suite/value.h"

namespace pebench::tune {
namespace {

namespace fs = std::filesystem;

void assign(toml::table& table, const std::string& key, const nlohmann::json& value) {
  table.insert_or_assign(key, *suite::toml_of(value));
}

toml::table& table_in(toml::table& table, const std::string& key) {
  if (table.get_as<toml::table>(key) == nullptr) {
    toml::table empty;
    empty.is_inline(true);
    table.insert_or_assign(key, std::move(empty));
  }
  return *table.get_as<toml::table>(key);
}

void put(toml::table& encoding, const Configuration& configuration, const std::string& name) {
  for (const suite::Chosen& one : configuration.settings) {
    const auto dot = one.setting.find('.');
    assign(table_in(encoding, one.setting.substr(0, dot)), one.setting.substr(dot + 1), one.value);
  }
  if (const auto own = configuration.options.find(name); own != configuration.options.end())
    for (const suite::Option& one : own->second) assign(table_in(encoding, "options"), one.key, one.value);
}

/// A path of the suite's, where there is something relative to it; a name to be looked for is left alone.
void make_absolute(toml::table& table, const std::string& key, const fs::path& folder) {
  const auto written = table[key].value<std::string>();
  if (!written || fs::path(*written).is_absolute() || !base::exists(folder / *written)) return;
  table.insert_or_assign(key, base::absolute(folder / *written).lexically_normal().string());
}

template <class Change>
void for_each_table(toml::table& root, const std::string& key, const Change& change) {
  std::size_t index = 0;
  for (toml::node& node : *root.get_as<toml::array>(key)) change(*node.as_table(), index++);
}

/// The comment that a text begins with.
std::string first_comment(const std::string& text) {
  std::istringstream lines(text);
  std::string comment;
  for (std::string line; std::getline(lines, line) && line.compare(0, 1, "#") == 0;) comment += line + "\n";
  return comment;
}

std::string header(const Subject& subject, const Search& search, const std::string& command) {
  std::string text = fmt::format(
      "# Written by\n#   {}\n# Every encoding has its best of {} configurations, by {} on {}, within the "
      "same {} "
      "epochs\n# (tuning seeds {}):\n",
      command, search.configurations.size(), subject.metric(), subject.dataset.name,
      epochs_of(search.rounds, subject.suite.tuning.seeds), fmt::join(subject.seeds, ", "));
  for (std::size_t e = 0; e < subject.encodings.size(); ++e) {
    const Tried* best = search.best(e);
    text += best != nullptr ? fmt::format("#   {}: {:.6f}, configuration {}\n", subject.encodings[e].name,
                                          best->value, best->configuration + 1)
                            : fmt::format("#   {}: as it was, since every configuration failed\n",
                                          subject.encodings[e].name);
  }
  const std::string comment = first_comment(subject.suite.source);
  return text + (comment.empty() ? "" : "#\n" + comment);
}

}  // namespace

std::string tuned_suite(const Subject& subject, const Search& search, const std::string& command,
                        const fs::path& folder) {
  const fs::path from = base::absolute(subject.suite.file).parent_path();
  const bool moves = from.lexically_normal() != base::absolute(folder / "x").parent_path().lexically_normal();
  toml::table root = toml::parse(subject.suite.source);
  root.erase("tune");
  root.get_as<toml::table>("suite")->insert_or_assign("name", subject.suite.name + "-tuned");
  for_each_table(root, "encoding", [&](toml::table& encoding, std::size_t e) {
    encoding.erase("space");
    const std::string& name = subject.encodings[e].name;
    if (const Tried* best = search.best(e)) put(encoding, search.configurations[best->configuration], name);
    if (!moves) return;
    make_absolute(encoding, "plugin", from);
    for (const auto& file : subject.encodings[e].options.files.items())
      if (encoding["options"][file.key()]) make_absolute(table_in(encoding, "options"), file.key(), from);
  });
  for_each_table(root, "dataset", [&](toml::table& dataset, std::size_t) {
    if (moves) make_absolute(dataset, "path", from);
  });
  std::ostringstream text;
  text << header(subject, search, command) << root << "\n";
  return text.str();
}

}  // namespace pebench::tune
