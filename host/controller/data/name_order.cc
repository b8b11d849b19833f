#include "host/controller/data/name_order.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <set>
#include <utility>

#include "host/base/error.h"
#include "host/base/text_writer.h"
#include "host/controller/data/rows.h"
#include "host/controller/data/shapes.h"

namespace pebench::data {
namespace {

constexpr const char* of_item = "item";
constexpr const char* of_word = "word";
constexpr const char* of_event_word = "event_word";

}  // namespace

void write_order(const std::filesystem::path& path, const NameOrder& order) {
  base::TextWriter file(path);
  const auto add = [&](const nlohmann::json& line) { file.add(line.dump() + "\n"); };
  for (const std::string& name : order.items) add({{"numbered", of_item}, {"name", name}});
  for (const auto& [numbered, fields] :
       {std::pair(of_word, &order.words), std::pair(of_event_word, &order.event_words)})
    for (const auto& [field, words] : *fields)
      for (const std::string& word : words) add({{"numbered", numbered}, {"field", field}, {"name", word}});
  file.finish();
}

NameOrder read_order(TextFile& file) {
  NameOrder order;
  std::set<std::pair<std::vector<std::string>*, std::string>> seen;
  Layout layout = own_order().layout;
  layout.scalars = true;
  read_rows(file, layout, {"numbered", "name", "field"}, [&](const Row& row) {
    const auto refuse = [&](const std::string& why) {
      throw base::InputError(fmt::format("{}:{}: {}", file.path().string(), row.line, why));
    };
    const auto &numbered = row.cells[0], &name = row.cells[1], &field = row.cells[2];
    std::vector<std::string>* names = nullptr;
    if (numbered == of_item) names = &order.items;
    if (numbered == of_word && field) names = &order.words[std::string(*field)];
    if (numbered == of_event_word && field) names = &order.event_words[std::string(*field)];
    if (names == nullptr || !name)
      refuse(
          R"(write {"numbered": "item", "name": ID} or {"numbered": "word", "field": FIELD, "name": WORD})");
    if (name->find_first_of("\r\n") != std::string_view::npos) refuse("the name has a line break: remove it");
    if (!seen.emplace(names, *name).second) refuse(fmt::format("'{:.60}' is listed twice: keep one", *name));
    names->emplace_back(*name);
  });
  return order;
}

}  // namespace pebench::data
