// What the outputs may depend on, and what the encoder claims. Every hook is held to it on its own output:
// faults of queries and keys may cancel in the logits.

#include <fmt/format.h>

#include <algorithm>

#include "host/worker/check/agreement.h"
#include "host/worker/check/check.h"
#include "host/worker/check/long_checks.h"
#include "host/worker/check/probe.h"

namespace pebench::check {
namespace {

using Name = Field::Name;

const std::vector<Name> contents = {Name::x, Name::y, Name::q, Name::k, Name::v, Name::logits, Name::hidden};
const std::vector<Name> contents_and_times = {Name::x, Name::y,      Name::q,      Name::k,
                                              Name::v, Name::logits, Name::hidden, Name::time};

/// Unlike any other order in all distances: 1, 2, ..., count - 1, 0.
Indices rolled(std::int64_t count) {
  Indices index = range(1, count);
  index.push_back(0);
  return index;
}

/// Every row at slots of its own: row b stands b slots before the window's end, its candidates right behind
/// it.
Inputs with_rows_apart(const Inputs& inputs, const Sizes& sizes) {
  return shifted(inputs, -at::arange(sizes.batch, at::kLong).unsqueeze(1));
}

Finding batch(const Subject& subject) {
  Sizes sizes = served_sizes(subject);
  sizes.ragged = true;
  Probe probe(subject, sizes);
  const Inputs at_one_place = make_inputs(sizes, subject.seed);
  for (const Inputs& inputs : {at_one_place, with_rows_apart(at_one_place, sizes)}) {
    const Outputs together = probe.run(inputs);
    for (std::int64_t row = 0; row < sizes.batch; ++row) {
      const Finding found =
          agreement(probe.run(select(inputs, Axis::batch, {row})), select(together, Axis::batch, {row}),
                    fmt::format("row {} of {} alone and among the others, at {}", row, sizes.batch,
                                inputs.profile.sequence.position.size(0) == 1 ? "the same positions"
                                                                              : "positions of its own"));
      if (failed(found)) return found;
    }
  }
  return {};
}

Finding padding(const Subject& subject) {
  Sizes sizes = served_sizes(subject);
  sizes.padded = 2;
  Probe probe(subject, sizes);
  const Inputs inputs = make_inputs(sizes, subject.seed);
  const Indices hidden = range(0, sizes.padded), real = range(sizes.padded, sizes.length);
  const Outputs expected = select(probe.run(inputs), Axis::slot, real);
  const Inputs changed = replace(inputs, others(sizes, subject), contents, Axis::slot, hidden);
  const Finding found = agreement(select(probe.run(changed), Axis::slot, real), expected,
                                  "two contents of the same padding, seen from real events");
  if (failed(found)) return found;
  return agreement(probe.run(select(inputs, Axis::slot, real)), expected, "without and with leading padding");
}

Finding candidates(const Subject& subject) {
  const Sizes sizes = served_sizes(subject);
  Probe probe(subject, sizes);
  const Inputs inputs = make_inputs(sizes, subject.seed);
  const Outputs expected = probe.run(inputs);
  Indices order = range(0, sizes.candidates);
  std::reverse(order.begin(), order.end());
  for (const Indices& other : {order, rolled(sizes.candidates)}) {
    const Finding found =
        agreement(probe.run(select(inputs, Axis::candidate, other)), select(expected, Axis::candidate, other),
                  "candidates at one position in another order: the encoder counts slots itself, or knows "
                  "the candidates' order otherwise");
    if (failed(found)) return found;
  }
  return {};
}

Finding candidate_alone(const Subject& subject) {
  const Sizes sizes = served_sizes(subject);
  Probe probe(subject, sizes);
  const Inputs inputs = make_inputs(sizes, subject.seed);
  const Outputs expected = probe.run(inputs);
  for (std::int64_t c = 0; c < sizes.candidates; ++c) {
    const Finding found =
        agreement(probe.run(select(inputs, Axis::candidate, {c})), select(expected, Axis::candidate, {c}),
                  fmt::format("candidate {} of {} alone and among the others", c, sizes.candidates));
    if (failed(found)) return found;
  }
  return {};
}

/// What belongs to slots before `now`. Candidates stand behind the profile and may see all of it: theirs is
/// left out.
Outputs of_earlier_slots(const Outputs& outputs, std::int64_t now) {
  Outputs earlier;
  for (const auto& output : select(outputs, Axis::slot, range(0, now)))
    if (std::count(output.axes.begin(), output.axes.end(), Axis::candidate) == 0) earlier.push_back(output);
  return earlier;
}

Finding causal(const Subject& subject) {
  Sizes sizes = served_sizes(subject);
  sizes.causal = true;
  Probe probe(subject, sizes);
  const Inputs inputs = make_inputs(sizes, subject.seed), other = others(sizes, subject);
  const Outputs expected = probe.run(inputs);
  for (std::int64_t now = 1; now < sizes.length; ++now) {
    const Inputs changed = replace(inputs, other, contents_and_times, Axis::slot, range(now, sizes.length));
    const Finding found =
        agreement(of_earlier_slots(probe.run(changed), now), of_earlier_slots(expected, now),
                  fmt::format("slots before {} with two contents of the later ones", now));
    if (failed(found)) return found;
  }
  return {};
}

/// Positions in another order, in the same places.
Inputs with_positions_rolled(Inputs inputs) {
  const auto roll = [](const Tensor& position) {
    return position.index_select(1, at::tensor(rolled(position.size(1)), at::kLong));
  };
  for (Tensor* position : fields(inputs, {Name::position})) *position = roll(*position);
  return inputs;
}

/// Whether the order of the slots shows, although their positions stay with the places: an encoder that
/// counts along the keys, as contextual positions do.
bool counts_along_slots(Probe& probe, const Inputs& inputs, const Sizes& sizes) {
  const Indices order = rolled(sizes.length);
  const Inputs moved = with_fields_of(select(inputs, Axis::slot, order), inputs, {Name::position});
  return !equal(probe.run(moved), select(probe.run(inputs), Axis::slot, order));
}

bool depends_on(Name name, Probe& probe, const Inputs& inputs, const Sizes& sizes, const Subject& subject) {
  const Inputs other = with_fields_of(inputs, others(sizes, subject), {name});
  return !equal(probe.run(other), probe.run(inputs));
}

/// Whether all that the hooks do is to multiply queries and keys by one number per head: a temperature of the
/// attention, which has no use for positions.
bool is_temperature(Probe& probe, const Inputs& inputs) {
  const Outputs found = probe.run(inputs), given = without_effect(inputs);
  for (std::size_t i = 0; i < found.size(); ++i) {
    Tensor expected = given[i].value;
    if (found[i].kind == Output::Kind::q || found[i].kind == Output::Kind::k) {
      const auto over_head = [](const Tensor& x) { return x.sum(at::IntArrayRef{0, 2, 3}, true); };
      expected = expected * (over_head(expected * found[i].value) / over_head(expected * expected));
    }
    if (!at::allclose(found[i].value, expected, tolerance, tolerance)) return false;
  }
  return !equal(found, given);
}

Finding position(const Subject& subject) {
  const Sizes sizes = served_sizes(subject);
  Probe probe(subject, sizes);
  const Inputs inputs = make_inputs(sizes, subject.seed);
  const bool matters = !equal(probe.run(with_positions_rolled(inputs)), probe.run(inputs));
  if (probe.has_flag(PEB_IS_NULL))
    return matters ? fail("the encoder claims PEB_IS_NULL, and other positions give other outputs")
                   : Finding{};
  if (matters) return {};
  if (probe.has_flag(PEB_NEED_TIME) && depends_on(Name::time, probe, inputs, sizes, subject))
    return remark("the encoder goes by time and not by position");
  if ((probe.has_flag(PEB_NEED_LOGITS) || probe.has_flag(PEB_NEED_HIDDEN)) &&
      counts_along_slots(probe, inputs, sizes))
    return remark(
        "the encoder goes by the order of the keys, weighed by their contents, and not by position");
  if (is_temperature(probe, inputs))
    return remark("the encoder sets the temperature of each head, which goes by no position");
  return fail(
      "other positions give the same outputs in every hook: the encoder does not use the positions it is "
      "given");
}

Finding broadcast(const Subject& subject) {
  Sizes sizes = served_sizes(subject);
  sizes.causal = sizes.ragged = true;
  Probe probe(subject, sizes);
  const Inputs once = make_inputs(sizes, subject.seed);
  const Outputs expected = probe.run(once);
  const Tensor nothing = at::zeros({sizes.batch, 1}, at::kLong);
  Finding found = agreement(probe.run(shifted(once, nothing)), expected, "positions [B, L] and [1, L]");
  if (failed(found)) return found;
  Inputs full = once;
  for (auto& call : full.sites)
    call.site.visible =
        call.site.visible.expand({sizes.batch, 1, call.site.q.size(2), sizes.length}).contiguous();
  found = agreement(probe.run(full), expected, "visibility [B, 1, Lq, Lk] and one that broadcasts to it");
  if (failed(found)) return found;

  Inputs all_seen = once, in_one = once;
  const bool always_causal = probe.has_flag(PEB_IS_CAUSAL);
  for (auto& call : all_seen.sites)
    if (call.site.cross || !always_causal)
      call.site.visible = at::ones({sizes.batch, 1, call.site.q.size(2), sizes.length}, at::kBool);
  for (auto& call : in_one.sites)
    if (call.site.cross || !always_causal) call.site.visible = at::ones({1, 1, 1, 1}, at::kBool);
  return agreement(probe.run(in_one), probe.run(all_seen), "visibility [1, 1, 1, 1] and [B, 1, Lq, Lk]");
}

Finding shift_invariant(const Subject& subject) {
  Sizes sizes = served_sizes(subject);
  sizes.max_len = 16;
  sizes.end = sizes.length;
  Probe probe(subject, sizes);
  const Inputs inputs = make_inputs(sizes, subject.seed);
  const Outputs expected = with_products(probe.run(inputs));
  const bool claimed = probe.has_flag(PEB_IS_SHIFT_INVARIANT);
  for (const std::int64_t amount : {1, 4, 11}) {
    const Finding found =
        agreement(with_products(probe.run(shifted(inputs, at::full({1, 1}, amount, at::kLong)))), expected,
                  fmt::format("{} added to all positions", amount));
    if (failed(found))
      return claimed ? fail("the encoder claims PEB_IS_SHIFT_INVARIANT; " + found.text) : Finding{};
  }
  return claimed ? Finding{} : remark("it holds and is not claimed");
}

Finding extrapolating(const Subject& subject) {
  constexpr std::int64_t factor = 4;
  const Sizes model = served_sizes(subject);
  Sizes far = model, longer = model;
  far.end = factor * model.max_len;
  longer.end = longer.length = factor * model.max_len;
  Probe probe(subject, model);
  const bool claimed = probe.has_flag(PEB_IS_EXTRAPOLATING);
  for (const Sizes& sizes : {far, longer}) {
    const std::string situation =
        fmt::format("{} slots up to position {}, with max_len = {}", sizes.length, sizes.end, model.max_len);
    try {
      const std::string found = not_finite(probe.run(make_inputs(sizes, subject.seed)));
      if (!found.empty())
        return {claimed ? Outcome::fail : Outcome::warn,
                fmt::format("{}: {}; fail() would say so", situation, found)};
    } catch (const backbone::EncodingError& error) {
      if (claimed)
        return fail(fmt::format("the encoder claims PEB_IS_EXTRAPOLATING; {}: {}", situation, error.what()));
      return {};
    }
  }
  return claimed ? Finding{} : remark("it holds and is not claimed");
}

Finding time(const Subject& subject) {
  const Sizes sizes = served_sizes(subject);
  Probe probe(subject, sizes);
  const bool matters = depends_on(Name::time, probe, make_inputs(sizes, subject.seed), sizes, subject);
  if (!probe.has_flag(PEB_NEED_TIME))
    return matters ? fail("other times give other outputs, without PEB_NEED_TIME") : Finding{};
  if (matters) return {};
  return {Outcome::warn,
          "other times give the same outputs, in spite of PEB_NEED_TIME: with these options it only slows "
          "ranking"};
}

Finding hidden_states(const Subject& subject) {
  const Sizes sizes = served_sizes(subject);
  Probe probe(subject, sizes);
  if (!probe.has_flag(PEB_NEED_HIDDEN)) return skip("the encoder asks for no hidden states");
  if (depends_on(Name::hidden, probe, make_inputs(sizes, subject.seed), sizes, subject)) return {};
  return {Outcome::warn,
          "other hidden states give the same outputs, in spite of PEB_NEED_HIDDEN: hosts of 1.0 could serve "
          "it as well"};
}

Finding null(const Subject& subject) {
  const Sizes sizes = served_sizes(subject);
  Probe probe(subject, sizes);
  const Inputs inputs = make_inputs(sizes, subject.seed);
  const Finding found = agreement(probe.run(inputs), without_effect(inputs), "a hook's output and no effect");
  if (!probe.has_flag(PEB_IS_NULL))
    return failed(found) ? Finding{} : remark("no hook does anything, which is not claimed");
  return failed(found) ? fail("the encoder claims PEB_IS_NULL; " + found.text) : Finding{};
}

Finding affine_input(const Subject& subject) {
  const Sizes sizes = served_sizes(subject);
  Probe probe(subject, sizes);
  const bool claimed = probe.has_flag(PEB_IS_AFFINE_INPUT);
  if (!probe.has_hook("input"))
    return claimed ? remark("claimed without an input hook")
                   : Finding{Outcome::skip, "there is no input hook"};
  constexpr double part = 1.75;
  // Three x at the same positions and times.
  Inputs first = make_inputs(sizes, subject.seed),
         other = with_fields_of(first, others(sizes, subject), {Name::x});
  Inputs between = first;
  const auto x = fields(first, {Name::x}), z = fields(other, {Name::x}), mixed = fields(between, {Name::x});
  for (std::size_t i = 0; i < mixed.size(); ++i) *mixed[i] = part * *x[i] + (1.0 - part) * *z[i];
  const auto inputs_alone = [&](const Inputs& inputs) {
    Outputs found;
    for (const auto& output : probe.run(inputs))
      if (output.kind == Output::Kind::input) found.push_back(output);
    return found;
  };
  const Outputs at_first = inputs_alone(first), at_other = inputs_alone(other);
  Outputs expected = at_first;
  for (std::size_t i = 0; i < expected.size(); ++i)
    expected[i].value = part * at_first[i].value + (1.0 - part) * at_other[i].value;
  const Finding found =
      agreement(inputs_alone(between), expected,
                fmt::format("input({0} x + {1} z) and {0} input(x) + {1} input(z)", part, 1.0 - part));
  if (failed(found))
    return claimed ? fail("the encoder claims PEB_IS_AFFINE_INPUT; " + found.text) : Finding{};
  if (!claimed) return remark("it holds and is not claimed: with the claim ranking is several times faster");
  // A folded ranking asks for candidates in a pass that has no profile.
  return agreement({probe.input_alone(first.candidates)}, {at_first.back()},
                   "candidates in a pass without and with a profile");
}

Finding training(const Subject& subject) {
  const Sizes sizes = served_sizes(subject);
  Probe probe(subject, sizes);
  const Inputs evaluating = make_inputs(sizes, subject.seed), learning = with_training(evaluating, true);
  const Outputs expected = probe.run(evaluating);
  {
    Finding found = agreement(probe.run(evaluating, /*dropout=*/false, /*pass=*/1), expected,
                              "two evaluations with different random numbers");
    if (failed(found)) return found;
    const Outputs first = probe.run(learning, /*dropout=*/true);
    found = agreement(probe.run(learning, /*dropout=*/true), first,
                      "two training passes with the same random numbers");
    if (failed(found)) return found;
  }
  const NoNoise quiet;
  return agreement(probe.run(learning), probe.run(evaluating),
                   "training without dropout and noise, and evaluation");
}

}  // namespace

std::vector<Check> meaning_checks() {
  return {{"meaning.batch", batch},
          {"meaning.padding", padding},
          {"meaning.candidates", candidates},
          {"meaning.candidate_alone", candidate_alone},
          {"meaning.causal", causal},
          {"meaning.visible", visible_keys},
          {"meaning.hidden", hidden_keys},
          {"meaning.position", position},
          {"meaning.rotation", rotation},
          {"meaning.broadcast", broadcast},
          {"meaning.shift_invariant", shift_invariant},
          {"meaning.extrapolating", extrapolating},
          {"meaning.time", time},
          {"meaning.hidden_states", hidden_states},
          {"meaning.null", null},
          {"meaning.affine_input", affine_input},
          {"meaning.training", training}};
}

}  // namespace pebench::check
