// Shapes, types, gradients and precision of what the hooks return.

#include <fmt/format.h>

#include <algorithm>

#include "host/worker/check/agreement.h"
#include "host/worker/check/check.h"
#include "host/worker/check/gradients.h"
#include "host/worker/check/long_checks.h"
#include "host/worker/check/probe.h"

namespace pebench::check {
namespace {

using Name = Field::Name;

constexpr std::int64_t ten_years = 10LL * 365 * 24 * 3600;  // seconds
constexpr double single_tolerance = 1e-4;                   // relative to the greatest number of an output
constexpr double device_tolerance = 1e-9;                   // the same, in float64

/// Inputs that keep a graph: their real tensors become leaves.
std::vector<Tensor> make_leaves(Inputs& inputs, const std::vector<Name>& names) {
  std::vector<Tensor> leaves;
  for (Tensor* tensor : fields(inputs, names)) {
    *tensor = tensor->detach().clone().contiguous().set_requires_grad(true);
    leaves.push_back(*tensor);
  }
  return leaves;
}

std::vector<Tensor> trainable(Probe& probe) {
  std::vector<Tensor> values;
  for (auto& parameter : probe.parameters())
    if (!parameter.frozen) values.push_back(parameter.value);
  return values;
}

/// The gradient of the sum of squares of outputs. Those of before are dropped.
void differentiate(Probe& probe, const Tensor& outputs) {
  for (auto& parameter : probe.parameters()) parameter.value.mutable_grad() = Tensor();
  if (outputs.requires_grad()) (outputs * outputs).sum().backward();
}

/// The first number that is not finite, in outputs and gradients; empty if there is
/// none.
std::string not_finite_anywhere(Probe& probe, const Inputs& given) {
  Inputs inputs = given;
  const std::vector<Tensor> leaves =
      make_leaves(inputs, {Name::x, Name::q, Name::k, Name::v, Name::hidden, Name::y});
  const Outputs outputs = probe.run(inputs);
  if (const std::string found = not_finite(outputs); !found.empty()) return found;
  // A sum of squares would overflow by itself; bounded weights do not.
  for (auto& parameter : probe.parameters()) parameter.value.mutable_grad() = Tensor();
  if (const Tensor all = flat(outputs); all.requires_grad()) all.sum().backward();
  for (const Tensor& leaf : leaves)
    if (leaf.grad().defined() && !leaf.grad().isfinite().all().item<bool>())
      return "the gradient of an operand " + shape_text(leaf) + " is not finite";
  for (const auto& parameter : probe.parameters())
    if (parameter.value.grad().defined() && !parameter.value.grad().isfinite().all().item<bool>())
      return "the gradient of parameter '" + parameter.name + "' is not finite";
  return {};
}

struct Case {
  const char* name;
  void (*change)(Sizes&);
};

const std::vector<Case>& unusual_cases() {
  static const std::vector<Case> cases = {
      {"one row", [](Sizes& s) { s.batch = 1; }},
      {"one slot", [](Sizes& s) { s.length = 1; }},
      {"a full window", [](Sizes& s) { s.length = s.max_len; }},
      {"a window of one slot", [](Sizes& s) { s.max_len = s.length = s.end = 1; }},
      {"one candidate", [](Sizes& s) { s.candidates = 1; }},
      {"more candidates than slots", [](Sizes& s) { s.candidates = 2 * s.max_len + 1; }},
      {"one head", [](Sizes& s) { s.heads = 1; }},
      {"one layer", [](Sizes& s) { s.layers = 1; }},
      {"causal attention over padding", [](Sizes& s) { s.causal = s.ragged = true; }},
  };
  return cases;
}

/// Runs what `bad` makes of each unusual case: a text, empty when all is well. Sizes that create() does not
/// support are not served, which is no fault.
Finding in_unusual_cases(const Subject& subject, std::string (*bad)(Probe&, const Inputs&)) {
  const Sizes usual = served_sizes(subject);
  for (const auto& [name, change] : unusual_cases()) {
    Sizes sizes = usual;
    change(sizes);
    std::string found;
    try {
      Probe probe(subject, sizes);
      found = bad(probe, make_inputs(sizes, subject.seed));
    } catch (const backbone::EncodingUnsupported&) {
      continue;
    } catch (const backbone::EncodingError& error) {
      found = error.what();
    }
    if (!found.empty()) return fail(fmt::format("with {}: {}", name, found));
  }
  return {};
}

Finding shape(const Subject& subject) {
  return in_unusual_cases(subject, [](Probe& probe, const Inputs& inputs) {
    probe.run(inputs);
    return std::string();
  });
}

Finding dtype(const Subject& subject) {
  const Sizes sizes = served_sizes(subject);
  for (const auto type : {at::kDouble, at::kFloat}) {
    try {
      Probe(subject, sizes, type).run(converted(make_inputs(sizes, subject.seed), type, at::kCPU));
    } catch (const backbone::EncodingError& error) {
      return fail(fmt::format("in {}: {}", type == at::kFloat ? "float32" : "float64", error.what()));
    }
  }
  return {};
}

Finding any_sizes(const Subject& subject) {
  if (Finding found = in_unusual_cases(subject, not_finite_anywhere); found.outcome == Outcome::fail)
    return found;
  const Sizes sizes = served_sizes(subject);
  Probe probe(subject, sizes);
  Inputs inputs = make_inputs(sizes, subject.seed);
  for (Tensor* mask : fields(inputs, {Name::mask, Name::visible})) *mask = at::zeros_like(*mask);
  for (Tensor* content : fields(inputs, {Name::x, Name::time})) *content = at::zeros_like(*content);
  if (const auto found = not_finite_anywhere(probe, inputs); !found.empty())
    return fail("with rows of padding alone: " + found);
  return {};
}

Finding finite(const Subject& subject) {
  Sizes sizes = served_sizes(subject);
  sizes.length = sizes.max_len;
  Probe probe(subject, sizes, at::kFloat);
  for (const double scale : {0.0, 1e4}) {
    for (const std::int64_t time : {std::int64_t{0}, ten_years}) {
      Inputs inputs = converted(make_inputs(sizes, subject.seed), at::kFloat, at::kCPU);
      for (Tensor* content :
           fields(inputs, {Name::x, Name::y, Name::q, Name::k, Name::v, Name::hidden, Name::logits}))
        *content = *content * scale;
      // Times equal, and apart by ten years.
      for (Tensor* times : fields(inputs, {Name::time}))
        *times = at::where(times->eq(times->min()), at::zeros_like(*times), at::full_like(*times, time));
      if (const auto found = not_finite_anywhere(probe, inputs); !found.empty())
        return fail(fmt::format("in float32, with numbers up to {:g} and times up to {} seconds: {}", scale,
                                time, found));
    }
  }
  return {};
}

/// Few numbers, each of which is moved.
Sizes gradient_sizes(const Subject& subject) {
  Sizes sizes = served_sizes(subject);
  sizes.batch = 2;
  sizes.length = 4;
  sizes.max_len = sizes.end = 6;
  sizes.candidates = 3;
  sizes.ragged = true;
  return sizes;
}

Finding gradient_of(const Subject& subject, const std::vector<Name>& names,
                    const std::vector<std::string>& words) {
  constexpr std::int64_t most = 24;
  Probe probe(subject, gradient_sizes(subject));
  Inputs inputs = make_inputs(gradient_sizes(subject), subject.seed);
  std::vector<Tensor> leaves;
  std::vector<std::string> titles;
  for (std::size_t i = 0; i < names.size(); ++i)
    for (const Tensor& leaf : make_leaves(inputs, {names[i]})) {
      leaves.push_back(leaf);
      titles.push_back(words[i] + " " + shape_text(leaf));
    }
  const std::string found = compare_gradients([&] { return flat(probe.run(inputs)); }, leaves, titles, most);
  return found.empty() ? Finding{} : fail(found);
}

Finding gradient_x(const Subject& subject) {
  const Probe probe(subject, served_sizes(subject));
  if (!probe.has_hook("input") && !probe.has_hook("output"))
    return skip("there is no input and no output hook");
  return gradient_of(subject, {Name::x, Name::y}, {"x", "merged heads"});
}

Finding gradient_qkv(const Subject& subject) {
  const Probe probe(subject, served_sizes(subject));
  if (!probe.has_hook("rotate") && !probe.has_hook("bias") && !probe.has_hook("value"))
    return skip("there is no rotate, bias or value hook");
  return gradient_of(subject, {Name::q, Name::k, Name::v}, {"q", "k", "v"});
}

Finding gradient_scores(const Subject& subject) {
  const Probe probe(subject, served_sizes(subject));
  if (!probe.has_flag(PEB_NEED_LOGITS) && !probe.has_flag(PEB_NEED_PROBS))
    return skip("the encoder asks neither for logits nor for weights");
  return gradient_of(subject, {Name::logits, Name::probs}, {"logits", "weights"});
}

Finding gradient_hidden(const Subject& subject) {
  const Probe probe(subject, served_sizes(subject));
  if (!probe.has_flag(PEB_NEED_HIDDEN)) return skip("the encoder asks for no hidden states");
  return gradient_of(subject, {Name::hidden}, {"hidden states"});
}

Finding gradient_parameters(const Subject& subject) {
  constexpr std::int64_t most = 32;
  Probe probe(subject, gradient_sizes(subject));
  const Inputs inputs = make_inputs(gradient_sizes(subject), subject.seed);
  const std::vector<Tensor> leaves = trainable(probe);
  if (leaves.empty()) return skip("the encoder trains no parameter");
  std::vector<std::string> titles;
  for (const auto& parameter : probe.parameters())
    if (!parameter.frozen) titles.push_back("parameter '" + parameter.name + "'");
  const std::string found = compare_gradients([&] { return flat(probe.run(inputs)); }, leaves, titles, most);
  return found.empty() ? Finding{} : fail(found);
}

Finding trainable_parameters(const Subject& subject) {
  Sizes sizes = served_sizes(subject);
  Probe probe(subject, sizes);
  if (trainable(probe).empty()) return skip("the encoder trains no parameter");
  // Histories of every length from the first slot on: a parameter may serve some positions alone.
  std::vector<Tensor> outputs;
  for (sizes.length = sizes.end = 1; sizes.end <= sizes.max_len; sizes.length = ++sizes.end)
    outputs.push_back(flat(probe.run(make_inputs(sizes, subject.seed))));
  differentiate(probe, at::cat(outputs));
  for (const auto& parameter : probe.parameters()) {
    const Tensor& gradient = parameter.value.grad();
    if (parameter.frozen || (gradient.defined() && gradient.abs().max().item<double>() > 0.0)) continue;
    return fail(fmt::format(
        "parameter '{}' {} gets no gradient from any hook in any layer: declare it frozen, or not at all",
        parameter.name, shape_text(parameter.value)));
  }
  return {};
}

/// All outputs in one, then gradients of everything, with memory of custom operations that held `garbage`.
std::vector<Tensor> with_garbage(const Subject& subject, std::uint8_t garbage) {
  set_garbage(garbage);
  const Sizes sizes = served_sizes(subject);
  Probe probe(subject, sizes);
  Inputs inputs = make_inputs(sizes, subject.seed);
  const auto leaves = make_leaves(
      inputs, {Name::x, Name::y, Name::q, Name::k, Name::v, Name::hidden, Name::logits, Name::probs});
  const Tensor outputs = flat(probe.run(inputs));
  differentiate(probe, outputs);
  std::vector<Tensor> all{outputs.detach()};
  for (const auto& leaf : leaves) all.push_back(leaf.grad().defined() ? leaf.grad() : at::zeros_like(leaf));
  for (const auto& parameter : probe.parameters())
    if (parameter.value.grad().defined()) all.push_back(parameter.value.grad());
  return all;
}

Finding custom(const Subject& subject) {
  constexpr std::uint8_t not_a_number = 0xFF, a_number = 0x3F;
  reset_custom_report();
  const auto first = with_garbage(subject, a_number), second = with_garbage(subject, not_a_number);
  const CustomReport report = custom_report();
  if (report.forwards == 0) return skip("the encoder has no custom operation");
  if (!report.violations.empty()) return fail(report.violations.front());
  for (std::size_t i = 0; i < first.size(); ++i)
    if (!at::equal(first[i], second[i]))
      return fail(i == 0 ? "a custom operation leaves some of its output unwritten"
                         : "a custom operation leaves some of a gradient unwritten, or adds to it: "
                           "the gradient must be written");
  if (report.backwards == 0) return {Outcome::pass, "no gradient came to the custom operation"};
  return {};
}

Finding float32(const Subject& subject) {
  Sizes sizes = served_sizes(subject);
  sizes.max_len = sizes.end = 200;
  sizes.length = 50;
  Probe single(subject, sizes, at::kFloat), exact(subject, sizes);
  exact.take_parameters(single);
  Inputs inputs = make_inputs(sizes, subject.seed);
  for (Tensor* time : fields(inputs, {Name::time})) *time = *time + ten_years;
  const Inputs rounded = converted(inputs, at::kFloat, at::kCPU);
  const std::string found =
      difference(single.run(rounded), exact.run(converted(rounded, at::kDouble, at::kCPU)), single_tolerance);
  return found.empty() ? Finding{} : fail("float32 and float64: " + found);
}

Finding cuda(const Subject& subject) {
  if (!at::hasCUDA()) return skip("LibTorch sees no CUDA device here");
  const at::Device device(at::kCUDA, 0);
  const Sizes sizes = served_sizes(subject);
  const Inputs inputs = make_inputs(sizes, subject.seed);
  Probe here(subject, sizes), there(subject, sizes, at::kDouble, device);
  const Outputs expected = here.run(inputs), outputs = there.run(converted(inputs, at::kDouble, device));
  if (const std::string found = difference(outputs, expected, device_tolerance); !found.empty())
    return fail("CUDA and CPU: " + found);
  differentiate(here, flat(expected));
  differentiate(there, flat(outputs));
  for (std::size_t i = 0; i < here.parameters().size(); ++i) {
    const Tensor cpu = here.parameters()[i].value.grad(), gpu = there.parameters()[i].value.grad();
    if (cpu.defined() &&
        !at::allclose(gpu.cpu(), cpu, device_tolerance, device_tolerance * cpu.abs().max().item<double>()))
      return fail("the gradient of parameter '" + here.parameters()[i].name +
                  "' differs between CUDA and CPU");
  }
  return {};
}

}  // namespace

std::vector<Check> numbers_checks() {
  return {{"numbers.shape", shape},
          {"numbers.dtype", dtype},
          {"numbers.sizes", any_sizes},
          {"numbers.finite", finite},
          {"numbers.gradient_x", gradient_x},
          {"numbers.gradient_qkv", gradient_qkv},
          {"numbers.gradient_scores", gradient_scores},
          {"numbers.gradient_hidden", gradient_hidden},
          {"numbers.gradient_parameters", gradient_parameters},
          {"numbers.trainable", trainable_parameters},
          {"numbers.custom", custom},
          {"numbers.float32", float32},
          {"numbers.seconds", seconds},
          {"numbers.cuda", cuda}};
}

}  // namespace pebench::check
