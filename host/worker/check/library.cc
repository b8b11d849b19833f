#include "host/plugin/library.h"

#include <dlfcn.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <cstdio>
#include <cstring>
#include <regex>
#include <set>
#include <system_error>

#include "host/base/error.h"
#include "host/plugin/stub_host.h"
#include "host/worker/check/check.h"
#include "host/worker/check/probe.h"
#include "host/worker/check/shared_object.h"
#include "host/worker/check/watch.h"
#include "host/worker/plugin/operations.h"
#include "host/worker/plugin/plugin_encoding.h"

namespace pebench::check {
namespace {

constexpr const char* entry_name = "peb_plugin_v1";

/// What the entry returns to `host`; throws base::InputError if there is no entry or it refuses. The library
/// is loaded as plugin::Library loads it, but nothing of what it says is read.
const peb_plugin& raw_plugin(const Subject& subject, const peb_host& host) {
  void* handle = ::dlopen(subject.library.c_str(), RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
  if (handle == nullptr) throw base::InputError(fmt::format("it cannot be loaded ({})", ::dlerror()));
  void* entry = ::dlsym(handle, entry_name);
  if (entry == nullptr) throw base::InputError(fmt::format("it does not export {}", entry_name));
  const peb_plugin* plugin = reinterpret_cast<const peb_plugin* (*)(const peb_host*)>(entry)(&host);
  if (plugin == nullptr) throw base::InputError("it refuses this host: its entry returned NULL");
  return *plugin;
}

Sizes small_sizes(const Subject& subject, const Border& border = watched_border()) {
  Sizes sizes = served_sizes(subject, border);
  sizes.batch = 2;
  sizes.layers = 1;
  return sizes;
}

Inputs inputs_of(const Sizes& sizes, const Subject& subject) {
  return with_training(converted(make_inputs(sizes, subject.seed), at::kFloat, at::kCPU), true);
}

Probe probe_of(const Subject& subject, const Sizes& sizes, const Border& border = watched_border()) {
  return Probe(subject, sizes, at::kFloat, at::kCPU, border);
}

/// "a, b, c and 4 more"
std::string listed(const std::vector<std::string>& words) {
  constexpr std::size_t most = 3;
  const std::vector<std::string> first(words.begin(), words.begin() + std::min(most, words.size()));
  std::string text = fmt::format("{}", fmt::join(first, ", "));
  if (words.size() > most) text += fmt::format(" and {} more", words.size() - most);
  return text;
}

Finding loads(const Subject& subject) {
  raw_plugin(subject, plugin::host());
  return {};
}

Finding exports(const Subject& subject) {
  SharedObject object = read_shared_object(subject.library);
  auto& names = object.exported;
  names.erase(std::remove(names.begin(), names.end(), entry_name), names.end());
  if (names.empty()) return {};
  const std::string hide =
      "hide them (-fvisibility=hidden and a version script, as pebench_add_plugin() does)";
  if (!object.unique.empty())
    return {Outcome::warn,
            fmt::format("it exports {}, of which {} would be shared with another library that has the same "
                        "names, in spite of RTLD_LOCAL: compile with -fno-gnu-unique and {}",
                        listed(names), listed(object.unique), hide)};
  return {Outcome::warn, fmt::format("it exports {} as well: {}", listed(names), hide)};
}

Finding needs_no_torch(const Subject& subject) {
  static const std::regex torch("lib(torch|c10|caffe2)[a-z0-9_]*\\.so.*");
  std::vector<std::string> found;
  for (const std::string& needed : read_shared_object(subject.library).needed)
    if (std::regex_match(needed, torch)) found.push_back(needed);
  if (found.empty()) return {};
  return {Outcome::fail,
          fmt::format("it needs {}, and so breaks with every other build of LibTorch: compute with the "
                      "host's operations, and do not link it",
                      listed(found))};
}

/// The tables of later versions may have longer options.
const peb_option& option_at(const peb_encoder& encoder, std::uint32_t index) {
  const auto* first = reinterpret_cast<const char*>(encoder.options);
  return *reinterpret_cast<const peb_option*>(first + std::size_t{index} * encoder.option_size);
}

/// What read_descriptor() has no reason to refuse, and a person would want to know.
std::string oddity_of(const plugin::EncoderDescriptor& encoder, const peb_encoder& table) {
  constexpr std::uint32_t known = PEB_NEED_TIME | PEB_NEED_LOGITS | PEB_NEED_PROBS | PEB_IS_SHIFT_INVARIANT |
                                  PEB_IS_EXTRAPOLATING | PEB_IS_NULL | PEB_IS_AFFINE_INPUT | PEB_NEED_HIDDEN |
                                  PEB_IS_CAUSAL;
  if ((encoder.flags & ~known) != 0)
    return fmt::format("its flags {:#x} have bits that this host does not know", encoder.flags);
  if ((encoder.flags & PEB_NEED_LOGITS) != 0 && table.bias == nullptr)
    return "it asks for logits, which only bias() gets, and has no bias()";
  if ((encoder.flags & PEB_NEED_PROBS) != 0 && table.value == nullptr)
    return "it asks for probs, which only value() gets, and has no value()";
  if ((encoder.flags & PEB_NEED_HIDDEN) != 0 && table.rotate == nullptr && table.bias == nullptr &&
      table.value == nullptr && table.output == nullptr)
    return "it asks for hidden states, which only hooks of attention get, and has none of them";
  if (encoder.hooks.empty() && (encoder.flags & PEB_IS_NULL) == 0)
    return "it has no hook, and does not say PEB_IS_NULL";
  if (encoder.version.empty()) return "its version is empty";
  return {};
}

Finding descriptor(const Subject& subject) {
  const auto library = plugin::Library::load(subject.library, plugin::stub_host());
  const auto& described = library.descriptor();
  if (described.min_minor > described.abi_minor)
    return {Outcome::fail, fmt::format("it needs minor version {} and was compiled with {}",
                                       described.min_minor, described.abi_minor)};
  for (const auto& encoder : described.encoders) {
    const peb_encoder& table = library.table(encoder.id);
    for (std::uint32_t i = 0; i < table.n_options; ++i)
      if (const auto flags = option_at(table, i).flags; flags != 0)
        return {Outcome::fail, fmt::format("encoder {}, option {}: its flags are {:#x}, and must be 0",
                                           encoder.id, encoder.options[i].key, flags)};
    const std::string oddity = oddity_of(encoder, table);
    if (!oddity.empty()) return {Outcome::warn, fmt::format("encoder {}: {}", encoder.id, oddity)};
  }
  return {};
}

/// Fails for a word that is not [a-z][a-z0-9_]*, and one that was there before.
void require_new(const char* word, const std::string& what, std::set<std::string>& words) {
  static const std::regex grammar("[a-z][a-z0-9_]*");
  if (word == nullptr) throw base::InputError(what + " is NULL");
  if (!std::regex_match(word, grammar))
    throw base::InputError(fmt::format("{} \"{}\" is not of the form [a-z][a-z0-9_]*", what, word));
  if (!words.insert(word).second) throw base::InputError(fmt::format("{} \"{}\" is there twice", what, word));
}

Finding ids(const Subject& subject) {
  const peb_plugin& plugin = raw_plugin(subject, plugin::stub_host());
  std::set<std::string> ids;
  for (std::uint32_t i = 0; i < plugin.n_encoders; ++i) {
    const peb_encoder& encoder = *plugin.encoders[i];
    require_new(encoder.id, "the encoder's id", ids);
    std::set<std::string> keys;
    for (std::uint32_t j = 0; j < encoder.n_options; ++j)
      require_new(option_at(encoder, j).key, fmt::format("encoder {}: the option", encoder.id), keys);
  }
  return {};
}

Finding extension(const Subject& subject) {
  const peb_plugin& plugin = raw_plugin(subject, plugin::host());
  if (!PEB_HAS(&plugin, peb_plugin, extension) || plugin.extension == nullptr)
    return {Outcome::skip, "it has no extension function"};
  for (const char* id : {"peb.check_of_an_unknown_extension/1", ""})
    if (plugin.extension(id) != nullptr)
      return {
          Outcome::fail,
          fmt::format("extension(\"{}\") gave a pointer; an id that the plugin does not know must give NULL",
                      id)};
  return {};
}

/// A copy of the first `size` bytes of a struct behind which memory ends, so that reading on crashes.
template <class Struct>
Struct& cut_off(const Struct& original, std::size_t size) {
  const auto page = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
  void* pages = ::mmap(nullptr, 2 * page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (pages == MAP_FAILED || ::mprotect(static_cast<char*>(pages) + page, page, PROT_NONE) != 0)
    throw std::system_error(errno, std::generic_category(), "cannot set pages aside");
  char* copy = static_cast<char*>(pages) + page - size;
  std::memcpy(copy, &original, size);
  auto& cut = *reinterpret_cast<Struct*>(copy);
  cut.struct_size = static_cast<std::uint32_t>(size);
  return cut;
}

peb_encoder as_it_is(const peb_encoder& encoder) { return encoder; }

Finding refused_or_works(const Subject& subject, const peb_host& host, const char* what) {
  // The last words of a process that crashes.
  std::fprintf(stderr,
               "%s ends before the last member of 1.0, and so does the memory behind it: test struct_size\n",
               what);
  try {
    const Border border{host, as_it_is};
    const Sizes sizes = small_sizes(subject, border);
    probe_of(subject, sizes, border).run(inputs_of(sizes, subject));
    return {Outcome::pass, "it works with such a host"};
  } catch (const plugin::HostRefused&) {
    return {Outcome::pass, "it refuses such a host"};
  }
}

Finding shorter_host(const Subject& subject) {
  const peb_host& host = cut_off(plugin::host(), offsetof(peb_host, extension));
  return refused_or_works(subject, host, "the host's struct");
}

Finding shorter_operations(const Subject& subject) {
  peb_host host = plugin::host();
  host.ops = &cut_off(plugin::operations(), offsetof(peb_ops, custom));
  return refused_or_works(subject, host, "the host's table of operations");
}

Finding failing_declaration(const Subject& subject) {
  const Sizes sizes = small_sizes(subject);
  watch().reset();
  probe_of(subject, sizes);
  const auto count = watch().declarations;
  if (count == 0) return {Outcome::skip, "it declares no parameter"};
  for (std::uint64_t k = 1; k <= count; ++k) {
    watch().reset();
    watch().failing_declaration = k;
    try {
      probe_of(subject, sizes);
    } catch (const backbone::EncodingError&) {
    }
    if (watch().create == PEB_OK)
      return {Outcome::fail,
              fmt::format("create() returned PEB_OK although declaration {} of {} had failed: test for 0, "
                          "which declare() then returns",
                          k, count)};
  }
  return {};
}

Finding failing_operation(const Subject& subject) {
  const Sizes sizes = small_sizes(subject);
  const Inputs inputs = inputs_of(sizes, subject);
  watch().reset();
  probe_of(subject, sizes).run(inputs, /*dropout=*/true);
  const auto count = watch().operations;
  if (count == 0) return {Outcome::skip, "its hooks call no operation"};
  for (std::uint64_t k = 1; k <= count; ++k) {
    Probe probe = probe_of(subject, sizes);
    watch().reset();
    watch().failing_operation = k;
    try {
      probe.run(inputs, true);
    } catch (const backbone::EncodingError&) {
    }
    if (!watch().silent_hook.empty())
      return {
          Outcome::fail,
          fmt::format("hook {} returned PEB_OK although operation {} of {} in the pass, {}, had failed: end "
                      "hooks with return ops->status(scope)",
                      watch().silent_hook, k, count, watch().failed_operation)};
  }
  return {};
}

}  // namespace

std::vector<Check> library_checks() {
  return {{"library.loads", loads},
          {"library.exports", exports},
          {"library.needs_no_torch", needs_no_torch},
          {"library.descriptor", descriptor},
          {"library.ids", ids},
          {"library.extension", extension},
          {"library.shorter_host", shorter_host},
          {"library.shorter_operations", shorter_operations},
          {"library.failing_declaration", failing_declaration},
          {"library.failing_operation", failing_operation}};
}

}  // namespace pebench::check
