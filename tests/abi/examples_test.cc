// The examples in C, C++ and Python: slopes and numbers against the papers' equations, written out here over
// LibTorch, and gradients by finite differences.

#include <gtest/gtest.h>

#include <cmath>

#include "tests/support/gradients.h"
#include "tests/support/plugin_instance.h"

namespace pebench::test {
namespace {

constexpr std::int64_t B = 2, Lq = 3, Lk = 5, max_len = 9;

/// Slots of the queries and of the keys, which differ, and differ between rows.
Tensor query_position() { return at::tensor(std::vector<std::int64_t>{2, 7, 9, 0, 5, 6}).view({B, Lq}); }
Tensor key_position() {
  return at::tensor(std::vector<std::int64_t>{1, 2, 3, 4, 5, 0, 2, 4, 6, 8}).view({B, Lk});
}
/// key - query, in float64 [B, 1, Lq, Lk]
Tensor relative_position() {
  return (key_position().view({B, 1, 1, Lk}) - query_position().view({B, 1, Lq, 1})).to(at::kDouble);
}

class Instance : public PluginInstance {
 public:
  Instance(const std::string& library, const std::string& encoder, std::int64_t heads,
           std::int64_t head_width, const nlohmann::json& options = nlohmann::json::object(),
           at::ScalarType type = at::kDouble)
      : PluginInstance(library, encoder, options, model_of(heads, head_width, max_len), type),
        heads_(heads),
        head_width_(head_width) {}

  /// scale q.k + bias of one attention call: q [B, H, Lq, h], k [B, H, Lk, h] -> [B, H, Lq, Lk]
  Tensor logits(const Tensor& q, const Tensor& k) {
    begin();
    backbone::Site site = site_of(q, k, k, query_position(), key_position());
    (**this).rotate(site, site.q, site.k);
    const Tensor products = at::matmul(site.q * site.scale, site.k.transpose(2, 3));
    const Tensor bias = (**this).bias(site);
    return bias.defined() ? products + bias : products;
  }
  /// The bias alone: queries of zeros.
  Tensor bias() {
    const auto options = parameters().options();
    return logits(at::zeros({B, heads_, Lq, head_width_}, options),
                  at::zeros({B, heads_, Lk, head_width_}, options));
  }

 private:
  std::int64_t heads_, head_width_;
};

std::string near(const Tensor& found, const Tensor& expected) {
  const double difference = (found - expected).abs().max().item<double>(),
               scale = expected.abs().max().item<double>();
  return difference <= 1e-9 * scale ? "" : "differ by " + std::to_string(difference);
}

TEST(ExamplesAlibi, SlopesAreThePublishedOnes) {
  // Exponents of 1/2. 8 heads: section 3 of the paper; 6 heads: those of 4, filled up with every second one
  // of 8.
  const std::vector<std::vector<int>> exponents = {{8}, {4, 8}, {1, 2, 3, 4, 5, 6, 7, 8}, {2, 4, 6, 8, 1, 3}};
  for (const auto& expected : exponents) {
    const auto heads = static_cast<std::int64_t>(expected.size());
    Instance alibi(ALIBI_C, "alibi_c", heads, 2);
    std::vector<double> slopes;
    for (const int exponent : expected) slopes.push_back(std::pow(0.5, exponent));
    const Tensor bias = -at::tensor(slopes, at::kDouble).view({1, heads, 1, 1}) * relative_position().abs();
    EXPECT_TRUE(at::equal(alibi.bias(), bias.expand({B, heads, Lq, Lk}))) << heads << " heads";
  }
}

#ifdef PYTHON_PLUGIN
TEST(ExamplesAlibi, InPythonItIsTheSame) {
  for (const std::int64_t heads : {1, 2, 3, 6, 8, 12}) {
    for (const auto type : {at::kDouble, at::kFloat}) {
      Instance c(ALIBI_C, "alibi_c", heads, 2, nlohmann::json::object(), type);
      Instance python(PYTHON_PLUGIN, "python", heads, 2,
                      {{"file", PEBENCH_SOURCE_DIR "/examples/python/alibi.py"}}, type);
      EXPECT_TRUE(at::equal(c.bias(), python.bias())) << heads << " heads";
    }
  }
}
#endif

TEST(ExamplesUntied, IsTheEquationOfThePaper) {
  const std::int64_t heads = 2, h = 3;
  const Tensor q = sample({B, heads, Lq, h}), k = sample({B, heads, Lk, h}, 1);
  Instance untied(UNTIED, "untied", heads, h, {{"init_std", 1.0}});
  auto projected = [&](const Tensor& position, const char* name) {
    return at::matmul(untied.parameter("table").index_select(0, position.flatten()), untied.parameter(name))
        .view({B, position.size(1), heads, h});
  };
  const Tensor positions = at::einsum("bqhc,bkhc->bhqk", {projected(query_position(), "query_projection"),
                                                          projected(key_position(), "key_projection")});
  const Tensor expected = (at::matmul(q, k.transpose(2, 3)) + positions) / std::sqrt(2.0 * h);
  EXPECT_EQ(near(untied.logits(q, k), expected), "");
}

TEST(Examples, GradientsAgreeWithFiniteDifferences) {
  const std::vector<Tensor> inputs = {sample({B, 2, Lq, 4}), sample({B, 2, Lk, 4}, 1)};
  for (const auto& [library, encoder] :
       std::vector<std::pair<std::string, std::string>>{{ALIBI_C, "alibi_c"}, {UNTIED, "untied"}}) {
    Instance instance(library, encoder, 2, 4);
    EXPECT_EQ(compare_gradients([&](const auto& t) { return instance.logits(t[0], t[1]); }, inputs), "")
        << encoder;
  }
}

TEST(ExamplesUntied, GradientsOfParametersAgreeWithFiniteDifferences) {
  const Tensor q = sample({B, 2, Lq, 4}), k = sample({B, 2, Lk, 4}, 1), weights = sample({B, 2, Lq, Lk}, 2);
  Instance untied(UNTIED, "untied", 2, 4, {{"init_std", 1.0}});
  const auto loss = [&] { return (untied.logits(q, k) * weights).sum(); };
  loss().backward();
  at::NoGradGuard no_grad;
  for (const char* name : {"table", "query_projection", "key_projection"}) {
    const Tensor parameter = untied.parameter(name), flat = parameter.view({-1});
    for (std::int64_t i = 0; i < flat.numel(); ++i) {
      const double step = 1e-5, value = flat[i].item<double>();
      double side[2];
      for (int s = 0; s < 2; ++s) {
        flat[i] = value + (s == 0 ? step : -step);
        side[s] = loss().item<double>();
      }
      flat[i] = value;
      EXPECT_NEAR(parameter.grad().flatten()[i].item<double>(), (side[0] - side[1]) / (2 * step), 1e-6)
          << name << " " << i;
    }
  }
}

}  // namespace
}  // namespace pebench::test
