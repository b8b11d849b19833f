#include <fmt/format.h>

#include <cmath>
#include <memory>
#include <stdexcept>

#include "host/worker/check/check.h"
#include "host/worker/check/probe.h"
#include "host/worker/check/resources.h"
#include "host/worker/check/watch.h"

namespace pebench::check {
namespace {

using plugin::OptionKind;

constexpr double same_bits = 0.0;  // the tolerance of difference()

Sizes usual_sizes(const Subject& subject) { return served_sizes(subject, watched_border()); }

Probe probe_of(const Subject& subject, const Sizes& sizes) {
  return Probe(subject, sizes, at::kFloat, at::kCPU, watched_border());
}

Inputs inputs_of(const Sizes& sizes, std::uint64_t seed) {
  return converted(make_inputs(sizes, seed), at::kFloat, at::kCPU);
}

/// Other tensors for a model of the same sizes.
Sizes other_than(Sizes sizes) {
  sizes.batch = 2;
  sizes.length = 3;
  sizes.candidates = 6;
  return sizes;
}

/// What was wrong when it was used `how`; the text of a failure.
[[noreturn]] void fail(const std::string& how, const std::string& what) {
  throw std::runtime_error(how + ": " + what);
}

/// Runs create() and a pass, and fails unless all numbers are finite; false if create() refused with one of
/// `allowed`.
bool works(const Subject& subject, const Sizes& sizes, const std::string& how,
           std::initializer_list<peb_status> allowed) {
  watch().reset();
  std::unique_ptr<Probe> probe;
  try {
    probe = std::make_unique<Probe>(subject, sizes, at::kFloat, at::kCPU, watched_border());
  } catch (const backbone::EncodingError& error) {
    for (const peb_status status : allowed)
      if (watch().create == status) return false;
    fail(how, error.what());
  }
  try {
    const std::string bad = not_finite(probe->run(inputs_of(sizes, subject.seed)));
    if (!bad.empty()) fail(how, bad);
  } catch (const backbone::EncodingError& error) {
    fail(how, error.what());
  }
  return true;
}

/// What `instances` instances left behind; empty if nothing.
std::string growth(const Resources& before, const Resources& after, int instances) {
  const std::int64_t most_heap = 16 * instances;  // less than any block of malloc per instance
  const std::int64_t most_resident = 4096 * instances, most_others = instances / 100;
  const auto grown = [&](std::int64_t Resources::*member) { return after.*member - before.*member; };
  // Threads first: each takes memory of its own.
  if (grown(&Resources::threads) >= most_others)
    return fmt::format("{} threads more exist", grown(&Resources::threads));
  if (grown(&Resources::descriptors) >= most_others)
    return fmt::format("{} file descriptors more are open", grown(&Resources::descriptors));
  const std::int64_t heap = grown(&Resources::heap_bytes);
  if (heap >= most_heap)
    return fmt::format("malloc has given out {} bytes more, {} per instance", heap, heap / instances);
  if (grown(&Resources::resident_bytes) >= most_resident)
    return fmt::format("{} KiB more are resident", grown(&Resources::resident_bytes) / 1024);
  return {};
}

Finding memory(const Subject& subject) {
  // A language that collects garbage fills its heap before it begins, so the last of these rounds counts; a
  // leak grows in all.
  constexpr int instances = 1000, warm_up = 100, rounds = 3;
  const Sizes sizes = usual_sizes(subject);
  const Inputs inputs = inputs_of(sizes, subject.seed);
  const auto use = [&](int times) {
    for (int i = 0; i < times; ++i) probe_of(subject, sizes).run(inputs);
  };
  use(warm_up);
  std::string grown;
  for (int round = 0; round < rounds; ++round) {
    const Resources before = resources();
    use(instances);
    grown = growth(before, resources(), instances);
    if (grown.empty()) return {};
  }
  return {Outcome::fail,
          fmt::format("in each of {} rounds, after {} instances {}", rounds, instances, grown)};
}

Finding begin(const Subject& subject) {
  const Sizes usual = usual_sizes(subject);
  Probe probe = probe_of(subject, usual);
  int pass = 0;
  for (const Sizes& sizes : {usual, other_than(usual), usual}) {
    ++pass;
    try {
      probe.run(inputs_of(sizes, subject.seed + static_cast<std::uint64_t>(pass)));
    } catch (const backbone::EncodingError& error) {
      fail(fmt::format("pass {}", pass), error.what());
    }
  }
  return {};
}

Finding repeatable(const Subject& subject) {
  constexpr std::uint64_t pass = 5;
  const Sizes sizes = usual_sizes(subject);
  const Inputs inputs = with_training(inputs_of(sizes, subject.seed), true);
  Probe probe = probe_of(subject, sizes), second = probe_of(subject, sizes);
  const Outputs first = probe.run(inputs, /*dropout=*/true, pass);
  const std::string again = difference(probe.run(inputs, true, pass), first, same_bits);
  if (!again.empty()) return {Outcome::fail, "a pass and its repetition: " + again};
  probe.run(inputs_of(other_than(sizes), subject.seed + 1));
  const std::string later = difference(probe.run(inputs, true, pass), first, same_bits);
  if (!later.empty()) return {Outcome::fail, "a pass and its repetition after another pass: " + later};
  const std::string fresh = difference(second.run(inputs, true, pass), first, same_bits);
  if (!fresh.empty()) return {Outcome::fail, "a pass of two instances made alike: " + fresh};
  return {};
}

Finding interleaved(const Subject& subject) {
  const Sizes usual = usual_sizes(subject);
  Sizes narrow = other_than(usual);
  narrow.heads = 1;
  narrow.layers = 1;
  narrow.max_len = narrow.end = 6;
  if (!works(subject, narrow, "an instance alone", {PEB_E_UNSUPPORTED})) narrow = other_than(usual);
  struct Use {
    Sizes sizes;
    std::vector<Inputs> passes;
    std::vector<Outputs> alone;
  };
  Use uses[] = {{usual, {}, {}}, {narrow, {}, {}}};
  for (Use& use : uses) {
    Probe probe = probe_of(subject, use.sizes);
    for (std::uint64_t pass = 0; pass < 3; ++pass) {
      use.passes.push_back(inputs_of(use.sizes, subject.seed + pass));
      use.alone.push_back(probe.run(use.passes.back()));
    }
  }
  auto first = std::make_unique<Probe>(subject, uses[0].sizes, at::kFloat, at::kCPU, watched_border());
  auto second = std::make_unique<Probe>(subject, uses[1].sizes, at::kFloat, at::kCPU, watched_border());
  const auto run = [](Probe& probe, const Use& use, std::size_t pass, const char* which) -> std::string {
    try {
      const std::string found = difference(probe.run(use.passes[pass]), use.alone[pass], same_bits);
      return found.empty() ? "" : fmt::format("{}, in turns and alone: {}", which, found);
    } catch (const backbone::EncodingError& error) {
      return fmt::format("{}, in turns: {}", which, error.what());
    }
  };
  for (std::size_t pass = 0; pass < 2; ++pass) {
    if (const auto bad = run(*first, uses[0], pass, "the first instance"); !bad.empty())
      return {Outcome::fail, bad};
    if (const auto bad = run(*second, uses[1], pass, "the second instance"); !bad.empty())
      return {Outcome::fail, bad};
  }
  second.reset();
  if (const auto bad = run(*first, uses[0], 2, "the first instance, after the second is gone"); !bad.empty())
    return {Outcome::fail, bad};
  return {};
}

/// The values at which an option is tried. Ends that are infinite are none.
std::vector<nlohmann::json> extremes(const plugin::OptionDescriptor& option) {
  std::vector<nlohmann::json> values;
  const auto add_ends = [&](auto convert) {
    for (const double end : {option.low, option.high})
      if (std::isfinite(end)) values.push_back(convert(end));
  };
  switch (option.kind) {
    case OptionKind::integer:
      add_ends([](double end) { return static_cast<std::int64_t>(end); });
      break;
    case OptionKind::real:
      add_ends([](double end) { return end; });
      break;
    case OptionKind::boolean:
      values = {false, true};
      break;
    case OptionKind::choice:
      values.assign(option.choices.begin(), option.choices.end());
      break;
    case OptionKind::text:
    case OptionKind::file:
      break;
  }
  return values;
}

Finding option_extremes(const Subject& subject) {
  constexpr std::int64_t most_memory = std::int64_t{4} << 30;
  const Sizes sizes = usual_sizes(subject);
  const auto encoder = probe_of(subject, sizes).encoder();
  limit_growth(most_memory);
  std::vector<std::string> refused;
  int tried = 0;
  for (const auto& option : encoder.options) {
    for (const auto& value : extremes(option)) {
      Subject extreme = subject;
      extreme.options[option.key] = value;
      const std::string how = fmt::format("{} = {}", option.key, value.dump());
      if (!works(extreme, sizes, how, {PEB_E_UNSUPPORTED, PEB_E_INVALID})) refused.push_back(how);
      ++tried;
    }
  }
  if (tried == 0) return {Outcome::skip, "it has no option with a range or with choices"};
  if (refused.empty()) return {};
  return {Outcome::pass, fmt::format("refused in create(): {}", fmt::join(refused, ", "))};
}

/// Works or PEB_E_UNSUPPORTED, at all of these.
Finding all_sizes(const Subject& subject, const std::vector<std::pair<std::string, Sizes>>& all) {
  std::vector<std::string> refused;
  for (const auto& [how, sizes] : all)
    if (!works(subject, sizes, how, {PEB_E_UNSUPPORTED})) refused.push_back(how);
  if (refused.empty()) return {};
  return {Outcome::pass, fmt::format("PEB_E_UNSUPPORTED: {}", fmt::join(refused, ", "))};
}

Finding sizes(const Subject& subject) {
  const Sizes usual = usual_sizes(subject);
  Sizes head = usual, slot = usual;
  head.heads = 1;
  slot.max_len = slot.length = slot.end = 1;
  std::vector<std::pair<std::string, Sizes>> all = {{"one head", head}, {"a window of one slot", slot}};
  for (const std::int64_t layers : {1, 2, 3}) {
    Sizes deep = usual;
    deep.layers = layers;
    all.emplace_back(fmt::format("{} layer{}", layers, layers == 1 ? "" : "s"), deep);
  }
  return all_sizes(subject, all);
}

Finding odd_widths(const Subject& subject) {
  std::vector<std::pair<std::string, Sizes>> all;
  for (const std::int64_t width : {1, 3, 5}) {
    Sizes odd;
    odd.head_width = width;
    all.emplace_back(fmt::format("head width {}", width), odd);
  }
  return all_sizes(subject, all);
}

}  // namespace

std::vector<Check> life_checks() {
  return {{"life.memory", memory},
          {"life.begin", begin},
          {"life.repeatable", repeatable},
          {"life.interleaved", interleaved},
          {"life.option_extremes", option_extremes},
          {"life.sizes", sizes},
          {"life.odd_widths", odd_widths}};
}

}  // namespace pebench::check
