#include "host/plugin/descriptor.h"

#include <fmt/format.h>
#include <pebench/pebench.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <utility>

namespace pebench::plugin {
namespace {

constexpr std::array<std::pair<OptionKind, const char*>, 6> kinds = {{{OptionKind::integer, "integer"},
                                                                      {OptionKind::real, "real"},
                                                                      {OptionKind::boolean, "boolean"},
                                                                      {OptionKind::choice, "enum"},
                                                                      {OptionKind::text, "string"},
                                                                      {OptionKind::file, "file"}}};

constexpr std::array<std::pair<std::uint32_t, const char*>, 9> flag_names = {
    {{PEB_NEED_TIME, "needs time"},
     {PEB_NEED_LOGITS, "needs logits"},
     {PEB_NEED_PROBS, "needs probabilities"},
     {PEB_NEED_HIDDEN, "needs hidden states"},
     {PEB_IS_SHIFT_INVARIANT, "shift invariant"},
     {PEB_IS_EXTRAPOLATING, "extrapolating"},
     {PEB_IS_NULL, "control"},
     {PEB_IS_AFFINE_INPUT, "affine input"},
     {PEB_IS_CAUSAL, "causal"}}};

OptionKind kind_named(const std::string& name) {
  for (const auto& [kind, known] : kinds)
    if (name == known) return kind;
  throw nlohmann::json::other_error::create(501, "unknown kind of option: " + name, nullptr);
}

/// JSON has no infinity; null stands for it.
nlohmann::json bound(double value) { return std::isfinite(value) ? nlohmann::json(value) : nlohmann::json(); }
double read_bound(const nlohmann::json& json, double infinity) {
  return json.is_null() ? infinity : json.get<double>();
}

}  // namespace

const OptionDescriptor* EncoderDescriptor::option(const std::string& key) const {
  auto found =
      std::find_if(options.begin(), options.end(), [&](const auto& option) { return option.key == key; });
  return found != options.end() ? &*found : nullptr;
}

const EncoderDescriptor* LibraryDescriptor::encoder(const std::string& id) const {
  auto found =
      std::find_if(encoders.begin(), encoders.end(), [&](const auto& encoder) { return encoder.id == id; });
  return found != encoders.end() ? &*found : nullptr;
}

std::string name_of(OptionKind kind) {
  for (const auto& [known, name] : kinds)
    if (kind == known) return name;
  return "unknown";
}

std::vector<std::string> names_of_flags(std::uint32_t flags) {
  std::vector<std::string> names;
  for (const auto& [flag, name] : flag_names) {
    if ((flags & flag) != 0) names.emplace_back(name);
    flags &= ~flag;
  }
  if (flags != 0) names.push_back(fmt::format("flag {:#x}", flags));
  return names;
}

void to_json(nlohmann::json& json, const OptionDescriptor& option) {
  json = {{"key", option.key},         {"help", option.help},      {"kind", name_of(option.kind)},
          {"default", option.initial}, {"min", bound(option.low)}, {"max", bound(option.high)},
          {"choices", option.choices}};
}

void from_json(const nlohmann::json& json, OptionDescriptor& option) {
  json.at("key").get_to(option.key);
  json.at("help").get_to(option.help);
  option.kind = kind_named(json.at("kind").get<std::string>());
  option.initial = json.at("default");
  option.low = read_bound(json.at("min"), -std::numeric_limits<double>::infinity());
  option.high = read_bound(json.at("max"), std::numeric_limits<double>::infinity());
  json.at("choices").get_to(option.choices);
}

void to_json(nlohmann::json& json, const EncoderDescriptor& encoder) {
  json = {{"id", encoder.id},          {"name", encoder.name},   {"version", encoder.version},
          {"cite", encoder.cite},      {"flags", encoder.flags}, {"hooks", encoder.hooks},
          {"options", encoder.options}};
}

void from_json(const nlohmann::json& json, EncoderDescriptor& encoder) {
  json.at("id").get_to(encoder.id);
  json.at("name").get_to(encoder.name);
  json.at("version").get_to(encoder.version);
  json.at("cite").get_to(encoder.cite);
  json.at("flags").get_to(encoder.flags);
  json.at("hooks").get_to(encoder.hooks);
  json.at("options").get_to(encoder.options);
}

void to_json(nlohmann::json& json, const LibraryDescriptor& library) {
  json = {{"abi_minor", library.abi_minor}, {"min_minor", library.min_minor}, {"encoders", library.encoders}};
}

void from_json(const nlohmann::json& json, LibraryDescriptor& library) {
  json.at("abi_minor").get_to(library.abi_minor);
  json.at("min_minor").get_to(library.min_minor);
  json.at("encoders").get_to(library.encoders);
}

}  // namespace pebench::plugin
