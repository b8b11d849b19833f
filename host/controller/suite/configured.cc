#include "host/controller/suite/configured.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "host/base/nearest.h"
#include "host/controller/suite/replacement.h"
#include "host/controller/suite/space.h"
#include "host/controller/suite/value.h"

namespace pebench::suite {
namespace {

std::vector<std::string> own_settings() {
  std::vector<std::string> names = tunable_settings();
  names.push_back("train.epochs");
  return names;
}

}  // namespace

contract::Settings configured(const Suite& suite, const std::string& encoding,
                              const std::vector<Chosen>& chosen) {
  const toml::table table = toml::parse(suite.source, suite.file.string());
  Section root("", &table, {suite.file.string(), 1, 1});
  SettingSections sections(root);
  if (Section stats = root.table("stats"); stats.has("primary")) sections.primary = stats.text("primary");
  OwnSettings own{encoding, {}};
  for (OwnSettings& one : read_own_settings(root.tables("encoding")))
    if (one.encoding == encoding) own = std::move(one);

  std::vector<std::unique_ptr<toml::node>> nodes;
  for (const Chosen& one : chosen) {
    const std::vector<std::string> known = own_settings();
    if (std::find(known.begin(), known.end(), one.setting) == known.end())
      refuse(one.place, fmt::format("{} is unknown; {}", one.setting, base::remedy(one.setting, known)));
    nodes.push_back(toml_of(one.value));
    if (nodes.back() == nullptr)
      refuse(one.place, fmt::format("{} = {} will not do; write a number, true or false, or a text",
                                    one.setting, one.value.dump()));
    const auto dot = one.setting.find('.');
    own.keys.push_back(
        {one.setting.substr(0, dot), one.setting.substr(dot + 1), nodes.back().get(), one.place});
  }
  return read_own(own, sections, suite.variants.front().settings);
}

}  // namespace pebench::suite
