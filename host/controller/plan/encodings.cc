#include "host/controller/plan/encodings.h"

#include <fmt/format.h>
#include <pebench/pebench.h>

#include "host/base/error.h"
#include "host/base/nearest.h"
#include "host/contract/fields.h"
#include "host/controller/plugin/find.h"

namespace pebench::plan {
namespace {

/// The encoder that the suite names; without a name the only one, or else the one called like the library.
const plugin::EncoderDescriptor& choose_encoder(const suite::Encoding& encoding,
                                                const plugin::DescribedLibrary& library) {
  const auto& encoders = library.descriptor.encoders;
  std::vector<std::string> ids;
  for (const auto& encoder : encoders) ids.push_back(encoder.id);
  if (!encoding.encoder.empty()) {
    if (const auto* chosen = library.descriptor.encoder(encoding.encoder)) return *chosen;
    suite::refuse(encoding.place, fmt::format("encoding.encoder = \"{}\" is not in {}; {}", encoding.encoder,
                                              library.path.string(), base::remedy(encoding.encoder, ids)));
  }
  if (encoders.size() == 1) return encoders.front();
  if (const auto* namesake = library.descriptor.encoder(library.path.stem().string())) return *namesake;
  suite::refuse(encoding.place, fmt::format("{} has the encoders {}; choose one, encoder = \"{}\"",
                                            library.path.string(), fmt::join(ids, ", "), ids.front()));
}

/// An encoder that claims PEB_IS_CAUSAL is given no other attention.
void require_causal(const suite::Suite& suite, const suite::Encoding& encoding,
                    const plugin::EncoderDescriptor& encoder) {
  if ((encoder.flags & PEB_IS_CAUSAL) == 0) return;
  for (const suite::Variant& variant : suite.variants) {
    const contract::Settings& settings = variant.settings_of(encoding.name);
    const std::string& attention = settings.protocol.attention;
    if (attention == "causal") continue;
    suite::refuse(
        encoding.place,
        fmt::format("encoder {} means something only where no event sees a later one, and "
                    "protocol.attention is \"{}\"{}; {}, or remove the encoding",
                    encoder.id, attention, variant.sweep.empty() ? "" : " under " + variant.sweep.dump(),
                    attention == "masked"
                        ? fmt::format("choose another backbone than {}", settings.model.backbone)
                        : "write attention = \"causal\""));
  }
}

/// Longer windows than those of training are for encoders that claim PEB_IS_EXTRAPOLATING.
void require_extrapolating(const suite::Suite& suite, const suite::Encoding& encoding,
                           const plugin::EncoderDescriptor& encoder) {
  if ((encoder.flags & PEB_IS_EXTRAPOLATING) != 0) return;
  for (const suite::Variant& variant : suite.variants) {
    const contract::Settings& settings = variant.settings_of(encoding.name);
    if (settings.eval.window <= settings.model.max_len) continue;
    suite::refuse(
        encoding.place,
        fmt::format("encoder {} has positions of the trained window alone (model.max_len = {}), and "
                    "eval.window is {}; take an encoder that claims PEB_IS_EXTRAPOLATING, as `pebench list` "
                    "shows, or remove the encoding",
                    encoder.id, settings.model.max_len, settings.eval.window));
  }
}

plugin::DescribedLibrary describe(const suite::Suite& suite, const suite::Encoding& encoding,
                                  const plugin::Describer& describer,
                                  const std::vector<std::filesystem::path>& folders) {
  try {
    const auto library = plugin::find_plugin(encoding.plugin, suite.folder(), folders);
    contract::utf8_path(library);
    return describer.describe(library);
  } catch (const base::InputError& error) {
    suite::refuse(encoding.place, error.what());
  }
}

}  // namespace

std::vector<PlannedEncoding> describe_encodings(const suite::Suite& suite, const plugin::Describer& describer,
                                                const std::vector<std::filesystem::path>& folders) {
  std::vector<PlannedEncoding> planned;
  for (const suite::Encoding& encoding : suite.encodings) {
    plugin::DescribedLibrary library = describe(suite, encoding, describer, folders);
    const plugin::EncoderDescriptor& encoder = choose_encoder(encoding, library);
    require_causal(suite, encoding, encoder);
    require_extrapolating(suite, encoding, encoder);
    planned.push_back({encoding.name, library.path, library.hash, encoder,
                       plugin::resolve_options(encoder, encoding, suite.folder())});
  }
  return planned;
}

std::vector<PlannedEncoding> describe_encodings(const suite::Suite& suite) {
  auto settings = plugin::Describer::default_settings();
  auto folders = plugin::plugin_folders(settings.program);
  return describe_encodings(suite, plugin::Describer(settings), folders);
}

}  // namespace pebench::plan
