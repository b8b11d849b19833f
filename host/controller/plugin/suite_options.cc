#include "host/controller/plugin/suite_options.h"

#include <fmt/format.h>

#include "host/base/error.h"
#include "host/base/file.h"
#include "host/base/hash.h"
#include "host/base/nearest.h"
#include "host/contract/fields.h"
#include "host/plugin/options.h"

namespace pebench::plugin {
namespace {

std::string unknown_key(const EncoderDescriptor& encoder, const std::string& key) {
  std::vector<std::string> keys;
  for (const OptionDescriptor& one : encoder.options) keys.push_back(one.key);
  return fmt::format("encoder {} has no option \"{}\"; {}", encoder.id, key,
                     keys.empty() ? "it has none, remove it" : base::remedy(key, keys));
}

}  // namespace

ResolvedOptions resolve_options(const EncoderDescriptor& encoder, const nlohmann::json& options,
                                const std::filesystem::path& folder, const Refusal& refuse) {
  auto set = nlohmann::json::object();
  for (const auto& [key, value] : options.items()) {
    const OptionDescriptor* known = encoder.option(key);
    if (known == nullptr) {
      refuse(key, unknown_key(encoder, key));
      continue;
    }
    try {
      set[key] = canonical(*known, value);
    } catch (const base::InputError& error) {
      refuse(key, error.what());
    }
  }
  ResolvedOptions resolved{with_defaults(encoder, set), nlohmann::json::object()};
  for (const OptionDescriptor& option : encoder.options) {
    if (option.kind != OptionKind::file || resolved.values[option.key] == "") continue;
    auto path = base::absolute(folder / resolved.values[option.key].get<std::string>()).lexically_normal();
    try {
      resolved.values[option.key] = base::sha256_of_file(path);
      resolved.files[option.key] = contract::utf8_path(path);
    } catch (const base::InputError& error) {
      refuse(option.key, error.what());
    }
  }
  return resolved;
}

ResolvedOptions resolve_options(const EncoderDescriptor& encoder, const suite::Encoding& encoding,
                                const std::filesystem::path& suite_folder) {
  auto options = nlohmann::json::object();
  for (const suite::Option& option : encoding.options) options[option.key] = option.value;
  return resolve_options(encoder, options, suite_folder, [&](const std::string& key, const std::string& why) {
    suite::Place place = encoding.place;  // that of the plugin for a default
    for (const suite::Option& written : encoding.options)
      if (written.key == key) place = written.place;
    suite::refuse(place, why);
  });
}

}  // namespace pebench::plugin
