#include "host/plugin/descriptor/suite_options.h"

#include <fmt/format.h>

#include "host/base/error.h"
#include "host/base/hash.h"
#include "host/plugin/descriptor/options.h"
#include "host/base/nearest.h"

namespace pebench::plugin {
namespace {

/// Refuses a key that the encoder lacks.
const OptionDescriptor& known_option(const EncoderDescriptor& encoder, const suite::Option& option) {
  if (const OptionDescriptor* known = encoder.option(option.key)) return *known;
  std::vector<std::string> keys;
  for (const OptionDescriptor& one : encoder.options) keys.push_back(one.key);
  suite::refuse(option.place,
                fmt::format("encoder {} has no option \"{}\"; {}", encoder.id, option.key,
                            keys.empty() ? "it has none, remove it" : base::remedy(option.key, keys)));
}

}  // namespace

ResolvedOptions resolve_options(const EncoderDescriptor& encoder, const suite::Encoding& encoding,
                                const std::filesystem::path& suite_folder) {
  auto set = nlohmann::json::object();
  for (const suite::Option& option : encoding.options) {
    const OptionDescriptor& known = known_option(encoder, option);
    try {
      set[option.key] = canonical(known, option.value);
    } catch (const base::InputError& error) {
      suite::refuse(option.place, error.what());
    }
  }
  ResolvedOptions resolved{with_defaults(encoder, set), nlohmann::json::object()};
  for (const OptionDescriptor& option : encoder.options) {
    if (option.kind != OptionKind::file || resolved.values[option.key] == "") continue;
    auto path = std::filesystem::absolute(suite_folder / resolved.values[option.key].get<std::string>())
                    .lexically_normal();
    try {
      resolved.values[option.key] = base::sha256_of_file(path);
    } catch (const base::InputError& error) {
      suite::Place place = encoding.place;
      for (const suite::Option& written : encoding.options)
        if (written.key == option.key) place = written.place;
      suite::refuse(place, error.what());
    }
    resolved.files[option.key] = path.string();
  }
  return resolved;
}

}  // namespace pebench::plugin
