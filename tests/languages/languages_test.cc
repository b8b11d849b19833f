// Encodings written in other languages, through the real operations: the same ALiBi in all of them, the
// examples of their own against their papers' formulas and against finite differences, and failures of every
// kind at every place.
//
// A Go library brings a runtime of its own, so each language's tests run in a process of their own
// (--gtest_filter).

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstdio>
#include <filesystem>
#include <map>

#include "tests/languages/alibi_libraries.h"
#include "tests/support/gradients.h"
#include "tests/support/plugin_instance.h"

namespace pebench::test {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using testing::HasSubstr;

const fs::path built_in(PEBENCH_PLUGIN_DIR), examples(LANGUAGE_EXAMPLES), probes(LANGUAGE_PROBES);

/// Slots of L events at the end of a window -> I64 [1, L]
Tensor slots(std::int64_t max_len, std::int64_t length) {
  return at::arange(max_len - length, max_len, at::kLong).unsqueeze(0);
}

/// The gradient of every input and every parameter of `function` against finite differences, in float64.
void expect_gradients(PluginInstance& instance, const Function& function, const std::vector<Tensor>& inputs) {
  EXPECT_EQ(compare_gradients(function, inputs), "");
  auto& parameters = instance.parameters().all();
  if (parameters.empty()) return;
  const Tensor weights = sample(function(inputs).sizes(), 99);
  for (auto& parameter : parameters) parameter.value.mutable_grad() = Tensor();
  (function(inputs) * weights).sum().backward();
  for (const auto& [name, leaf, frozen, decay] : parameters) {
    ASSERT_TRUE(leaf.grad().defined()) << name;
    const Tensor gradient = leaf.grad().clone();
    const double scale = std::max(1.0, gradient.abs().max().item<double>());
    at::NoGradGuard no_grad;
    // Parameters are leaves of the instance: moved in place, element by element.
    for (std::int64_t j = 0; j < gradient.numel(); ++j) {
      Tensor element = leaf.view({-1})[j];
      const double value = element.item<double>();
      element.fill_(value + 1e-6);
      const double above = (function(inputs) * weights).sum().item<double>();
      element.fill_(value - 1e-6);
      const double below = (function(inputs) * weights).sum().item<double>();
      element.fill_(value);
      EXPECT_NEAR(gradient.flatten()[j].item<double>(), (above - below) / 2e-6, 1e-6 * scale)
          << name << ", element " << j;
    }
  }
}

/// Largest difference, as a share of the largest value.
double distance(const Tensor& found, const Tensor& expected) {
  return ((found - expected).abs().max() / expected.abs().max()).item<double>();
}

// --- ALiBi

/// `get_slopes` of the paper's code, word by word.
std::vector<double> published_slopes(std::int64_t n) {
  const auto of_power_of_two = [](std::int64_t count) {
    const double start = std::pow(2.0, -std::pow(2.0, -(std::log2(count) - 3)));
    std::vector<double> slopes;
    for (std::int64_t i = 0; i < count; ++i) slopes.push_back(start * std::pow(start, i));
    return slopes;
  };
  if (std::log2(n) == std::floor(std::log2(n))) return of_power_of_two(n);
  const auto closest = static_cast<std::int64_t>(std::pow(2.0, std::floor(std::log2(n))));
  auto slopes = of_power_of_two(closest);
  const auto more = published_slopes(2 * closest);
  for (std::size_t i = 0; static_cast<std::int64_t>(slopes.size()) < n; i += 2) slopes.push_back(more[i]);
  return slopes;
}

TEST(Alibi, IsTheSameInEveryLanguage) {
  const auto versions = alibi_libraries(ALIBI_FOLDERS);
  ASSERT_GE(versions.size(), 2u) << "one alone is the same as itself";
  constexpr std::int64_t B = 2, h = 4, max_len = 11, queries = 3, keys = 9;
  std::map<std::string, double> from_paper, from_each_other;
  for (const at::ScalarType type : {at::kDouble, at::kFloat}) {
    const double tolerance = type == at::kDouble ? 1e-15 : 1e-7;
    for (const std::int64_t heads : {1, 2, 3, 8, 12}) {
      const Tensor slopes = at::tensor(published_slopes(heads), at::kDouble).view({1, heads, 1, 1});
      for (const bool per_row : {false, true}) {
        // Queries and keys at their own places, as of candidates and profile.
        Tensor key_position = slots(max_len, keys), query_position = slots(max_len + 1, queries);
        if (per_row) key_position = at::cat({key_position, key_position.flip({1})});
        if (per_row) query_position = at::cat({query_position, query_position - 2});
        const Tensor between = (key_position.unsqueeze(1) - query_position.unsqueeze(2)).abs().unsqueeze(1);
        const Tensor paper = -slopes * between.to(at::kDouble);
        Tensor first;
        for (const auto& [id, library] : versions) {
          PluginInstance instance(library, id, json::object(), model_of(heads, h, max_len), type);
          const auto options = at::TensorOptions(type);
          const Tensor q = at::zeros({B, heads, queries, h}, options),
                       k = at::zeros({B, heads, keys, h}, options);
          instance.begin();
          const Tensor bias = instance->bias(site_of(q, k, k, query_position, key_position));
          ASSERT_TRUE(bias.defined()) << id;
          ASSERT_EQ(bias.sizes(), paper.sizes()) << id;
          const double off = distance(bias.to(at::kDouble), paper);
          EXPECT_LE(off, tolerance) << id << ", " << heads << " heads";
          from_paper[id] = std::max(from_paper[id], off);
          if (!first.defined()) first = bias;
          // Slopes are powers of two whose last bit is the mathematical library's own: Go does without the
          // system's.
          EXPECT_TRUE(((bias - first).abs() <= std::ldexp(1.0, -52) * first.abs()).all().item<bool>())
              << id << " and " << versions.begin()->first << ", " << heads << " heads";
          from_each_other[id] = std::max(from_each_other[id], (bias - first).abs().max().item<double>());
        }
      }
    }
  }
  for (const auto& [id, library] : versions)
    std::printf("%-14s  from the paper's code: %.1e of the largest  from %s: %g\n", id.c_str(),
                from_paper[id], versions.begin()->first.c_str(), from_each_other[id]);
}

TEST(Alibi, HasOneHook) {
  const auto versions = alibi_libraries(ALIBI_FOLDERS);
  ASSERT_EQ(versions.count("alibi"), 1u);
  for (const auto& [id, library] : versions) {
    PluginInstance instance(library, id, json::object(), model_of(2, 4, 8), at::kDouble);
    EXPECT_NE(instance.table().bias, nullptr) << id;
    const auto& table = instance.table();
    EXPECT_TRUE(!table.begin && !table.input && !table.rotate && !table.value && !table.output) << id;
  }
}

// --- The examples of each language

TEST(Rust, DisentangledAttention) {
  constexpr std::int64_t B = 2, H = 2, h = 3, max_len = 7, Lq = 3, Lk = 5, r = 2;
  const auto library = (examples / "disentangled_rust.so").string();
  const json options = {{"max_distance", r}, {"init_std", 0.7}};
  PluginInstance instance(library, "disentangled_rust", options, model_of(H, h, max_len), at::kDouble);
  const std::vector<Tensor> inputs = {sample({B, H, Lq, h}, 1), sample({B, H, Lk, h}, 2)};
  const Tensor query_position = slots(max_len + 1, Lq);
  const Tensor key_position = at::cat({slots(max_len, Lk), slots(max_len, Lk).roll(2, 1)});
  const auto logits = [&](PluginInstance& of, const std::vector<Tensor>& t) {
    backbone::Site site = site_of(t[0], t[1], t[1], query_position, key_position);
    of.begin();
    of->rotate(site, site.q, site.k);
    return at::matmul(site.q * site.scale, site.k.transpose(2, 3)) + of->bias(site);
  };

  // Equations 3 and 4, pair by pair.
  const Tensor rows = instance.parameter("table").detach();
  const Tensor key = at::matmul(rows, instance.parameter("layer0.key").detach()).view({2 * r, H, h});
  const Tensor query = at::matmul(rows, instance.parameter("layer0.query").detach()).view({2 * r, H, h});
  Tensor expected = at::zeros({B, H, Lq, Lk}, at::kDouble);
  for (std::int64_t b = 0; b < B; ++b)
    for (std::int64_t head = 0; head < H; ++head)
      for (std::int64_t i = 0; i < Lq; ++i)
        for (std::int64_t j = 0; j < Lk; ++j) {
          const auto apart =
              query_position[0][i].item<std::int64_t>() - key_position[b][j].item<std::int64_t>();
          const auto to = std::clamp<std::int64_t>(apart + r, 0, 2 * r - 1);
          const auto back = std::clamp<std::int64_t>(-apart + r, 0, 2 * r - 1);
          const Tensor qi = inputs[0][b][head][i], kj = inputs[1][b][head][j];
          expected[b][head][i][j] = (qi.dot(kj) + qi.dot(key[to][head]) + kj.dot(query[back][head])) /
                                    std::sqrt(3.0 * static_cast<double>(h));
        }
  EXPECT_LE(distance(logits(instance, inputs), expected), 1e-14);

  PluginInstance single(library, "disentangled_rust", options, model_of(H, h, max_len), at::kFloat);
  const std::vector<Tensor> rounded = {inputs[0].to(at::kFloat), inputs[1].to(at::kFloat)};
  EXPECT_LE(distance(logits(single, rounded).to(at::kDouble), expected), 1e-4);
  expect_gradients(
      instance, [&](const std::vector<Tensor>& t) { return logits(instance, t); }, inputs);
}

TEST(Fortran, RopeIsTheBuiltInOne) {
  constexpr std::int64_t B = 2, H = 3, h = 6, max_len = 400, Lq = 4, Lk = 5;
  const auto turned = [&](PluginInstance& of, const std::vector<Tensor>& t, bool per_row) {
    Tensor query_position = slots(max_len + 1, Lq), key_position = slots(max_len, Lk);
    if (per_row) key_position = at::cat({key_position, key_position.roll(2, 1)});
    backbone::Site site = site_of(t[0], t[1], t[1], query_position, key_position);
    of.begin();
    of->rotate(site, site.q, site.k);
    return at::cat({site.q, site.k}, 2);
  };
  const std::vector<Tensor> inputs = {sample({B, H, Lq, h}, 1), sample({B, H, Lk, h}, 2)};
  const json options = {{"base", 100.0}};
  for (const at::ScalarType type : {at::kDouble, at::kFloat}) {
    PluginInstance fortran(examples / "rope_fortran.so", "rope_fortran", options, model_of(H, h, max_len),
                           type);
    PluginInstance cpp(built_in / "rope.so", "rope", options, model_of(H, h, max_len), type);
    const std::vector<Tensor> rounded = {inputs[0].to(type), inputs[1].to(type)};
    for (const bool per_row : {false, true}) {
      const double off = distance(turned(fortran, rounded, per_row), turned(cpp, rounded, per_row));
      std::printf("rope_fortran in %s: %.1e of the largest from the built-in\n", at::toString(type), off);
      EXPECT_LE(off, type == at::kDouble ? 1e-15 : 1e-6);
    }
    if (type == at::kDouble)
      expect_gradients(
          fortran, [&](const std::vector<Tensor>& t) { return turned(fortran, t, true); }, inputs);
  }
}

TEST(Fortran, RopeRefusesAnOddHeadWidth) {
  testing::internal::CaptureStderr();
  EXPECT_THROW(PluginInstance(examples / "rope_fortran.so", "rope_fortran", json::object(), model_of(2, 3, 8),
                              at::kDouble),
               std::exception);
  EXPECT_THAT(testing::internal::GetCapturedStderr(), HasSubstr("rope_fortran: rope turns pairs of columns"));
}

TEST(Go, LearnableFourierFeatures) {
  constexpr std::int64_t B = 2, H = 2, h = 3, max_len = 7, L = 5;
  const auto library = (examples / "fourier_go.so").string();
  const json options = {{"features", 6}, {"hidden", 4}, {"gamma", 0.5}};
  PluginInstance instance(library, "fourier_go", options, model_of(H, h, max_len), at::kDouble);
  const std::vector<Tensor> inputs = {sample({B, L, H * h}, 1)};
  const auto encoded = [&](PluginInstance& of, const std::vector<Tensor>& t, const Tensor& position) {
    backbone::Sequence sequence;
    sequence.position = position;
    sequence.mask = at::ones({B, L}, at::kBool);
    of.begin();
    return of->input(sequence, t[0]);
  };
  const Tensor position = at::cat({slots(max_len, L), slots(max_len, L).roll(1, 1)});

  // Equations 2 and 5.
  const Tensor scaled = position.to(at::kDouble).unsqueeze(2) / max_len;
  const Tensor angles = scaled * instance.parameter("frequencies");
  const Tensor features = at::cat({angles.cos(), angles.sin()}, 2) / std::sqrt(6.0);
  const auto linear = [&](const std::string& name, const Tensor& x) {
    return at::matmul(x, instance.parameter(name + ".weight").t()) + instance.parameter(name + ".bias");
  };
  const Tensor inner = linear("hidden", features);
  const Tensor gelu = 0.5 * inner * (1 + at::tanh(std::sqrt(2 / M_PI) * (inner + 0.044715 * inner.pow(3))));
  EXPECT_LE(distance(encoded(instance, inputs, position), inputs[0] + linear("output", gelu)), 1e-14);

  PluginInstance single(library, "fourier_go", options, model_of(H, h, max_len), at::kFloat);
  EXPECT_LE(distance(encoded(single, {inputs[0].to(at::kFloat)}, position).to(at::kDouble),
                     inputs[0] + linear("output", gelu)),
            1e-4);
  expect_gradients(
      instance, [&](const std::vector<Tensor>& t) { return encoded(instance, t, position); }, inputs);
}

// --- Failures

/// A probe of a language: an encoder with all hooks that fails where and how its options say.
class Probe {
 public:
  explicit Probe(const std::string& language) : id_("probe_" + language) {}

  /// The message with which the trial would end when the probe fails at that place; "" for a success.
  std::string message(const std::string& place, const std::string& way) const {
    testing::internal::CaptureStderr();
    std::string text;
    try {
      auto instance = made(place, way);
      backbone::Sequence sequence;
      sequence.position = slots(4, 3);
      sequence.mask = at::ones({1, 3}, at::kBool);
      const Tensor x = sample({1, 3, 4}).set_requires_grad(true), q = sample({1, 2, 3, 2});
      instance.begin();
      instance->input(sequence, x).sum().backward();
      backbone::Site site = site_of(q, q, q, sequence.position, sequence.position);
      instance->rotate(site, site.q, site.k);
      EXPECT_FALSE(instance->bias(site).defined());
      EXPECT_FALSE(instance->value(site).defined());
      EXPECT_TRUE(at::equal(instance->output(site, x), x));
    } catch (const std::exception& error) {
      text = error.what();
    }
    // A failure of create() has no pass: its message is a line of the log.
    return text + "; " + testing::internal::GetCapturedStderr();
  }
  PluginInstance made(const std::string& place, const std::string& way) const {
    return PluginInstance(probes / (id_ + ".so"), id_, {{"place", place}, {"way", way}}, model_of(2, 2, 4),
                          at::kDouble);
  }

  void fails_everywhere(const std::string& way) const {
    for (const char* place :
         {"create", "begin", "input", "rotate", "bias", "value", "output", "infer", "forward", "backward"})
      EXPECT_THAT(message(place, way), HasSubstr(std::string("thrown in ") + place)) << id_ << ", " << way;
    EXPECT_EQ(message("nowhere", way), "; ");
  }

  /// Its product is differentiated right: input() makes x^2 + x.
  void multiplies() const {
    auto instance = made("nowhere", "panic");
    backbone::Sequence sequence;
    sequence.position = slots(4, 3);
    sequence.mask = at::ones({2, 3}, at::kBool);
    const auto input = [&](const std::vector<Tensor>& t) {
      instance.begin();
      return instance->input(sequence, t[0]);
    };
    const Tensor x = sample({2, 3, 4});
    EXPECT_LE(distance(input({x}), x * x + x), 1e-15);
    EXPECT_EQ(compare_gradients(input, {x}), "");
    PluginInstance single(probes / (id_ + ".so"), id_, json::object(), model_of(2, 2, 4), at::kFloat);
    single.begin();
    EXPECT_LE(distance(single->input(sequence, x.to(at::kFloat)).to(at::kDouble), x * x + x), 1e-6);
  }

  /// It asks for hidden states, and its bias() multiplies them.
  void sees_hidden_states() const {
    auto instance = made("nowhere", "panic");
    EXPECT_EQ(instance.table().flags, std::uint32_t{PEB_NEED_HIDDEN | PEB_IS_CAUSAL});
    const Tensor q = sample({2, 2, 3, 2}), query = sample({2, 3, 4}, 1), key = sample({2, 3, 4}, 2);
    backbone::Site site = site_of(q, q, q, slots(4, 3), slots(4, 3));
    site.query_hidden = query;
    site.key_hidden = key;
    instance.begin();
    const Tensor expected = at::matmul(query, key.transpose(1, 2)).unsqueeze(1);
    EXPECT_TRUE(at::equal(instance->bias(site), expected));
    EXPECT_EQ(plugin::Library::load(probes / (id_ + ".so"), plugin::host()).descriptor().min_minor, 1u);
  }

  /// A tensor of the first pass used in the second is an error.
  void keeps_nothing() const {
    auto instance = made("nowhere", "stale");
    backbone::Sequence sequence;
    sequence.position = slots(4, 3);
    sequence.mask = at::ones({2, 3}, at::kBool);
    const Tensor x = sample({2, 3, 4});
    instance.begin();
    EXPECT_TRUE(at::equal(instance->input(sequence, x), x + 1.0));
    instance.begin();
    EXPECT_THROW(instance->input(sequence, x), std::exception);
    instance.begin();
    EXPECT_THROW(instance->input(sequence, x), std::exception)
        << "the first error of a pass does not outlive it";
  }

 private:
  std::string id_;
};

TEST(Rust, FailuresAreMessages) {
  const Probe probe("rust");
  for (const char* way : {"panic", "unsupported", "invalid"}) probe.fails_everywhere(way);
  EXPECT_THAT(probe.message("bias", "panic"), HasSubstr("panic: thrown in bias"));
  EXPECT_THAT(probe.message("bias", "index"),
              HasSubstr("index out of bounds: the len is 2 but the index is 4"));
}
TEST(Rust, CustomOperations) { Probe("rust").multiplies(); }
TEST(Rust, HiddenStates) { Probe("rust").sees_hidden_states(); }
TEST(Rust, StaleTensors) { Probe("rust").keeps_nothing(); }

TEST(Fortran, FailuresAreMessages) {
  const Probe probe("fortran");
  for (const char* way : {"panic", "unsupported", "invalid"}) probe.fails_everywhere(way);
}
TEST(Fortran, CustomOperations) { Probe("fortran").multiplies(); }
TEST(Fortran, HiddenStates) { Probe("fortran").sees_hidden_states(); }
TEST(Fortran, StaleTensors) { Probe("fortran").keeps_nothing(); }

TEST(GoProbe, FailuresAreMessages) {
  const Probe probe("go");
  for (const char* way : {"panic", "unsupported", "invalid"}) probe.fails_everywhere(way);
  EXPECT_THAT(probe.message("bias", "panic"), HasSubstr("panic: thrown in bias"));
  EXPECT_THAT(probe.message("bias", "index"), HasSubstr("index out of range [4] with length 2"));
  EXPECT_THAT(probe.message("bias", "nil"), HasSubstr("nil pointer dereference"));
}
TEST(GoProbe, CustomOperations) { Probe("go").multiplies(); }
TEST(GoProbe, HiddenStates) { Probe("go").sees_hidden_states(); }
TEST(GoProbe, StaleTensors) { Probe("go").keeps_nothing(); }

}  // namespace
}  // namespace pebench::test
