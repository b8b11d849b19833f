#include "host/plugin/reading.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstring>
#include <regex>
#include <utility>

namespace pebench::plugin {
namespace {

/// The sizes that version 1.0 shipped with, whatever has been appended since.
template <class Struct>
constexpr std::size_t first_size();
template <>
constexpr std::size_t first_size<peb_plugin>() {
  return offsetof(peb_plugin, extension) + sizeof(peb_plugin::extension);
}
template <>
constexpr std::size_t first_size<peb_encoder>() {
  return offsetof(peb_encoder, output) + sizeof(peb_encoder::output);
}

/// peb_option is frozen, so that its size is that of every version.
constexpr std::size_t option_size = sizeof(peb_option);

/// An integer beyond this loses digits in peb_value.num.
constexpr double largest_integer = 9007199254740992.0;

std::string text_of(const char* text, const std::string& what) {
  if (text == nullptr) throw DescriptorError(what + " is NULL");
  try {
    (void)nlohmann::json(text).dump();
  } catch (const nlohmann::json::exception&) {
    throw DescriptorError(what + " is not UTF-8");
  }
  return text;
}

std::string text_or_empty(const char* text, const std::string& what) {
  return text == nullptr ? "" : text_of(text, what);
}

std::string identifier_of(const char* text, const std::string& what) {
  static const std::regex grammar("[a-z][a-z0-9_]*");
  std::string identifier = text_of(text, what);
  if (!std::regex_match(identifier, grammar))
    throw DescriptorError(fmt::format("{} \"{}\" is not of the form [a-z][a-z0-9_]*", what, identifier));
  return identifier;
}

std::vector<std::string> split_choices(const std::string& text, const std::string& what) {
  std::vector<std::string> words;
  for (std::size_t begin = 0; begin <= text.size();) {
    std::size_t end = std::min(text.find('|', begin), text.size());
    std::string word = text.substr(begin, end - begin);
    if (word.empty() || std::find(words.begin(), words.end(), word) != words.end())
      throw DescriptorError(
          fmt::format("{}: the choices \"{}\" have an empty word or one twice", what, text));
    words.push_back(word);
    begin = end + 1;
  }
  return words;
}

void read_range(const peb_option& theirs, OptionDescriptor& option, const std::string& what) {
  option.low = theirs.min;
  option.high = theirs.max;
  if (!(theirs.min <= theirs.max))
    throw DescriptorError(fmt::format("{}: its range {} .. {} is empty", what, theirs.min, theirs.max));
  if (!std::isfinite(theirs.def) || theirs.def < theirs.min || theirs.def > theirs.max)
    throw DescriptorError(
        fmt::format("{}: its default {} is outside {} .. {}", what, theirs.def, theirs.min, theirs.max));
}

/// Fills in kind, default, range and choices.
void read_value(const peb_option& theirs, OptionDescriptor& option, const std::string& what) {
  switch (theirs.kind) {
    case PEB_OPT_INT:
      option.kind = OptionKind::integer;
      read_range(theirs, option, what);
      if (theirs.def != std::floor(theirs.def) || std::fabs(theirs.def) > largest_integer)
        throw DescriptorError(fmt::format("{}: its default {} is not an integer", what, theirs.def));
      option.initial = static_cast<std::int64_t>(theirs.def);
      return;
    case PEB_OPT_REAL:
      option.kind = OptionKind::real;
      read_range(theirs, option, what);
      option.initial = theirs.def;
      return;
    case PEB_OPT_BOOL:
      option.kind = OptionKind::boolean;
      if (theirs.def != 0.0 && theirs.def != 1.0)
        throw DescriptorError(fmt::format("{}: its default {} is neither 0 nor 1", what, theirs.def));
      option.initial = theirs.def == 1.0;
      return;
    case PEB_OPT_ENUM: {
      option.kind = OptionKind::choice;
      option.choices = split_choices(text_of(theirs.choices, what + ", choices"), what);
      double last = static_cast<double>(option.choices.size()) - 1.0;
      if (!(theirs.def >= 0.0 && theirs.def <= last) || theirs.def != std::floor(theirs.def))
        throw DescriptorError(fmt::format("{}: its default {} is not the index of one of {} choices", what,
                                          theirs.def, option.choices.size()));
      option.initial = option.choices[static_cast<std::size_t>(theirs.def)];
      return;
    }
    case PEB_OPT_STRING:
    case PEB_OPT_FILE:
      option.kind = theirs.kind == PEB_OPT_FILE ? OptionKind::file : OptionKind::text;
      option.initial = text_or_empty(theirs.text, what + ", default");
      return;
    default:
      throw DescriptorError(fmt::format("{}: {} is not a kind of option", what, theirs.kind));
  }
}

OptionDescriptor read_option(const peb_option& theirs, const std::string& encoder) {
  OptionDescriptor option;
  option.key = identifier_of(theirs.key, encoder + ", an option's key");
  std::string what = fmt::format("{}, option \"{}\"", encoder, option.key);
  option.help = text_or_empty(theirs.help, what + ", help");
  read_value(theirs, option, what);
  return option;
}

std::vector<OptionDescriptor> read_options(const peb_encoder& theirs, const std::string& what) {
  std::vector<OptionDescriptor> options;
  if (theirs.n_options == 0) return options;
  if (theirs.options == nullptr || theirs.option_size < option_size)
    throw DescriptorError(fmt::format(
        "{}: it announces {} options of {} bytes; there must be a table of at least {} bytes each", what,
        theirs.n_options, theirs.option_size, option_size));
  const auto* bytes = reinterpret_cast<const char*>(theirs.options);
  for (std::uint32_t i = 0; i < theirs.n_options; ++i, bytes += theirs.option_size) {
    peb_option one;
    std::memcpy(&one, bytes, option_size);
    OptionDescriptor option = read_option(one, what);
    bool known = std::any_of(options.begin(), options.end(),
                             [&](const auto& other) { return other.key == option.key; });
    if (known) throw DescriptorError(fmt::format("{}: two options are called \"{}\"", what, option.key));
    options.push_back(std::move(option));
  }
  return options;
}

EncoderDescriptor read_encoder(const peb_encoder* pointer, std::uint32_t index) {
  if (pointer == nullptr) throw DescriptorError(fmt::format("encoder {} is NULL", index));
  peb_encoder theirs = known_part(pointer);
  EncoderDescriptor encoder;
  encoder.id = identifier_of(theirs.id, fmt::format("the id of encoder {}", index));
  std::string what = fmt::format("encoder \"{}\"", encoder.id);
  encoder.name = text_of(theirs.name, what + ", name");
  encoder.version = text_of(theirs.version, what + ", version");
  encoder.cite = text_or_empty(theirs.cite, what + ", cite");
  encoder.flags = theirs.flags;
  if (theirs.create == nullptr) throw DescriptorError(what + ": create is NULL");
  auto add_hook = [&](const char* name, bool present) {
    if (present) encoder.hooks.emplace_back(name);
  };
  add_hook("begin", theirs.begin != nullptr);
  add_hook("input", theirs.input != nullptr);
  add_hook("rotate", theirs.rotate != nullptr);
  add_hook("bias", theirs.bias != nullptr);
  add_hook("value", theirs.value != nullptr);
  add_hook("output", theirs.output != nullptr);
  encoder.options = read_options(theirs, what);
  return encoder;
}

}  // namespace

template <class Struct>
Struct known_part(const Struct* theirs) {
  std::uint32_t size = 0;
  std::memcpy(&size, theirs, sizeof size);  // struct_size comes first
  if (size < first_size<Struct>())
    throw DescriptorError(fmt::format(
        "one of its structs has struct_size {}, version 1.0 has {}: set struct_size = sizeof(it) and "
        "compile with pebench.h",
        size, first_size<Struct>()));
  Struct ours{};
  std::memcpy(&ours, theirs, std::min<std::size_t>(size, sizeof ours));
  return ours;
}

template peb_plugin known_part(const peb_plugin*);
template peb_encoder known_part(const peb_encoder*);

LibraryDescriptor read_descriptor(const peb_plugin& theirs, std::uint32_t host_minor) {
  peb_plugin plugin = known_part(&theirs);
  if (plugin.min_minor > host_minor)
    throw DescriptorError(fmt::format(
        "it needs minor version {} of the plugin interface 1, this pebench has {}: update pebench",
        plugin.min_minor, host_minor));
  if (plugin.n_encoders == 0 || plugin.encoders == nullptr) throw DescriptorError("it has no encoder");
  LibraryDescriptor library;
  library.abi_minor = plugin.abi_minor;
  library.min_minor = plugin.min_minor;
  for (std::uint32_t i = 0; i < plugin.n_encoders; ++i) {
    EncoderDescriptor encoder = read_encoder(plugin.encoders[i], i);
    if (library.encoder(encoder.id) != nullptr)
      throw DescriptorError(fmt::format("two encoders have the id \"{}\"", encoder.id));
    library.encoders.push_back(std::move(encoder));
  }
  return library;
}

}  // namespace pebench::plugin
