#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace pebench::plugin {

enum class OptionKind { integer, real, boolean, choice, text, file };

/// An option that a suite may set: peb_option, checked.
struct OptionDescriptor {
  std::string key;
  std::string help;
  OptionKind kind = OptionKind::integer;
  nlohmann::json initial;  ///< the default: integer, real, boolean, or a word, text or path
  double low = 0;          ///< inclusive range of integer and real, maybe infinite
  double high = 0;
  std::vector<std::string> choices;  ///< of a choice
};

/// What an encoder says about itself: peb_encoder without its functions, checked.
struct EncoderDescriptor {
  std::string id;
  std::string name;
  std::string version;
  std::string cite;         ///< may be empty
  std::uint32_t flags = 0;  ///< peb_encoder_flag
  std::vector<std::string>
      hooks;  ///< those that are there, in calling order: begin, input, rotate, bias, value, output
  std::vector<OptionDescriptor> options;

  /// Null if there is none of that key.
  const OptionDescriptor* option(const std::string& key) const;
};

/// What a library says about itself.
struct LibraryDescriptor {
  std::uint32_t abi_minor = 0;  ///< compiled with
  std::uint32_t min_minor = 0;  ///< needed
  std::vector<EncoderDescriptor> encoders;

  /// Null if there is none of that id.
  const EncoderDescriptor* encoder(const std::string& id) const;
};

/// "integer", "real", "boolean", "enum", "string", "file"
std::string name_of(OptionKind kind);
/// The names of the flags that are set, "needs time", "shift invariant"; an unknown bit as "flag 0x...".
std::vector<std::string> names_of_flags(std::uint32_t flags);

void to_json(nlohmann::json& json, const OptionDescriptor& option);
void from_json(const nlohmann::json& json, OptionDescriptor& option);
void to_json(nlohmann::json& json, const EncoderDescriptor& encoder);
void from_json(const nlohmann::json& json, EncoderDescriptor& encoder);
void to_json(nlohmann::json& json, const LibraryDescriptor& library);
/// These throw nlohmann::json::exception when a key is missing or of another type.
void from_json(const nlohmann::json& json, LibraryDescriptor& library);

}  // namespace pebench::plugin
