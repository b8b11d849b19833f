// Times are whole seconds, as many as ten digits of them: cast to float32 before they are subtracted, events
// a minute apart are equal.

#include <fmt/format.h>

#include <algorithm>

#include "host/worker/check/agreement.h"
#include "host/worker/check/long_checks.h"
#include "host/worker/check/probe.h"

namespace pebench::check {
namespace {

/// As many seconds as Unix time has today. A multiple of 128, the distance of neighbours in float32 there:
/// what follows it within a minute rounds to it.
constexpr std::int64_t late = 1'700'000'000;
constexpr std::int64_t apart = 7;  // seconds from slot to slot

/// Events `step` seconds after each other from `first` on, and candidates after the newest.
Inputs with_times(Inputs inputs, std::int64_t first, std::int64_t step) {
  auto& profile = inputs.profile.sequence;
  auto& candidates = inputs.candidates.sequence;
  const std::int64_t length = profile.time.size(1);
  profile.time = (at::arange(length, at::kLong) * step + first).expand_as(profile.time).contiguous();
  candidates.time = at::full_like(candidates.time, first + length * step);
  for (auto& call : inputs.sites) {
    call.site.key_time = profile.time;
    call.site.query_time = call.site.cross ? candidates.time : profile.time;
  }
  return inputs;
}

/// What a few seconds make of every output, in float64.
std::vector<Tensor> effect_of_seconds(Probe& probe, const Inputs& inputs, at::ScalarType type,
                                      std::int64_t first) {
  const auto at_times = [&](std::int64_t step) {
    return probe.run(converted(with_times(inputs, first, step), type, at::kCPU));
  };
  const Outputs spread = at_times(apart), together = at_times(0);
  std::vector<Tensor> effects;
  for (std::size_t i = 0; i < spread.size(); ++i)
    effects.push_back((spread[i].value.detach() - together[i].value.detach()).to(at::kDouble));
  return effects;
}

double greatest(const Tensor& t) { return t.numel() == 0 ? 0.0 : t.detach().abs().max().item<double>(); }

}  // namespace

Finding seconds(const Subject& subject) {
  const Sizes sizes = served_sizes(subject);
  Probe single(subject, sizes, at::kFloat), exact(subject, sizes);
  if (!exact.has_flag(PEB_NEED_TIME)) return skip("the encoder asks for no times");
  exact.take_parameters(single);
  const Inputs inputs =
      converted(converted(make_inputs(sizes, subject.seed), at::kFloat, at::kCPU), at::kDouble, at::kCPU);
  const Outputs outputs = exact.run(with_times(inputs, late, apart));
  const auto early = effect_of_seconds(exact, inputs, at::kDouble, 0),
             expected = effect_of_seconds(exact, inputs, at::kDouble, late),
             found = effect_of_seconds(single, inputs, at::kFloat, late);
  constexpr double told_apart_in_single = 1e-5;  // of the greatest number of an output
  const std::string situation =
      fmt::format("events {} seconds apart, {} seconds after the first", apart, late);
  const std::string advice =
      "seconds are lost where times are cast to float32 before they are subtracted: subtract them as I64, or "
      "cast "
      "to PEB_F64";
  for (std::size_t i = 0; i < outputs.size(); ++i) {
    const double effect = greatest(expected[i]);
    if (effect == 0.0 && greatest(early[i]) > 0.0)
      return fail(fmt::format(
          "{}, {}: they come out as if they were one, and do not at the beginning of the data; {}",
          outputs[i].place, situation, advice));
    if (effect <= told_apart_in_single * std::max(1e-3, greatest(outputs[i].value))) continue;
    if (greatest(found[i] - expected[i]) > 0.5 * effect)
      return fail(fmt::format("{}, {}: the seconds make {:.2g} in float32 and {:.2g} in float64; {}",
                              outputs[i].place, situation, greatest(found[i]), effect, advice));
  }
  return {};
}

}  // namespace pebench::check
