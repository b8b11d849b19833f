#pragma once

#include <pebench/pebench.h>

#include <deque>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "host/plugin/descriptor.h"

namespace pebench::plugin {

/// `value` as the option keeps it: an integer, a real (also from an integer), a boolean, or a text. Throws
/// base::InputError, without a place, for a value of another type, out of range or not among the choices,
/// saying what to write.
nlohmann::json canonical(const OptionDescriptor& option, const nlohmann::json& value);

/// Every option of the encoder, from `options` (a JSON object) or else its default, canonical. Throws
/// base::InputError for an unknown key and for what canonical() refuses.
nlohmann::json with_defaults(const EncoderDescriptor& encoder, const nlohmann::json& options);

/// The values that peb_encoder.create takes. Owns the texts they point to.
class OptionValues {
 public:
  /// `options` has every option of the encoder, as with_defaults() gives them. A file option takes its path
  /// from `files`
  /// ({key: path}) if it is there; `options` may then hold its hash. Throws base::InputError when one is
  /// missing.
  OptionValues(const EncoderDescriptor& encoder, const nlohmann::json& options,
               const nlohmann::json& files = nlohmann::json::object());
  OptionValues(OptionValues&&) = default;
  OptionValues& operator=(OptionValues&&) = default;

  /// In the order of the encoder's options.
  const std::vector<peb_value>& values() const { return values_; }

 private:
  std::deque<std::string> texts_;
  std::vector<peb_value> values_;
};

}  // namespace pebench::plugin
