// xPos as the paper states it: what it makes of q.k depends on positions through their difference alone.

#include <gtest/gtest.h>

#include <cmath>

#include "tests/support/gradients.h"
#include "tests/support/plugin_instance.h"

namespace pebench::test {
namespace {

const std::string library = std::string(PEBENCH_PLUGIN_DIR) + "/xpos.so";

TEST(XPos, IsTheEquationOfThePaper) {
  constexpr std::int64_t B = 2, H = 2, h = 6, Lq = 3, Lk = 5;
  // Slots of the queries and of the keys, which differ, and differ between rows.
  const Tensor query = at::tensor(std::vector<std::int64_t>{2, 7, 9, 0, 5, 6}).view({B, Lq}),
               key = at::tensor(std::vector<std::int64_t>{1, 2, 3, 4, 5, 0, 2, 4, 6, 8}).view({B, Lk});
  const Tensor distance = (query.view({B, 1, Lq, 1}) - key.view({B, 1, 1, Lk})).to(at::kDouble);
  const Tensor q = sample({B, H, Lq, h}), k = sample({B, H, Lk, h}, 1);
  // As complex numbers: pair i of q.k turns by theta_i (n - m) and is scaled by zeta_i^((n - m) /
  // scale_base), where n is the query's position and m the key's.
  Tensor expected = at::zeros({B, H, Lq, Lk}, at::kDouble);
  for (std::int64_t i = 0; i < h / 2; ++i) {
    const double theta = std::pow(100.0, -2.0 * static_cast<double>(i) / h);
    const double zeta = (2.0 * static_cast<double>(i) / h + 0.3) / 1.3;
    const auto part = [&](const Tensor& x, std::int64_t column) { return x.select(-1, 2 * i + column); };
    const Tensor qr = part(q, 0).unsqueeze(-1), qi = part(q, 1).unsqueeze(-1);
    const Tensor kr = part(k, 0).unsqueeze(-2), ki = part(k, 1).unsqueeze(-2);
    const Tensor angle = theta * distance, scale = at::pow(zeta, distance / 20.0);
    expected += scale * (at::cos(angle) * (qr * kr + qi * ki) - at::sin(angle) * (qi * kr - qr * ki));
  }
  PluginInstance xpos(library, "xpos", {{"base", 100.0}, {"gamma", 0.3}, {"scale_base", 20.0}},
                      model_of(H, h, 9));
  xpos.begin();
  backbone::Site site = site_of(q, k, k, query, key);
  xpos->rotate(site, site.q, site.k);
  const double gap = (at::matmul(site.q, site.k.transpose(2, 3)) - expected).abs().max().item<double>();
  EXPECT_LE(gap, 1e-9 * expected.abs().max().item<double>());
}

TEST(XPos, RefusesAnOddHeadWidthAndSaysWhy) {
  try {
    PluginInstance(library, "xpos", nlohmann::json::object(), model_of(2, 3, 9));
    FAIL() << "xpos took a head width of 3";
  } catch (const backbone::EncodingError& error) {
    EXPECT_STREQ(error.what(),
                 "plugin 'xpos', create: xpos turns pairs of columns: the head width must be even");
  }
}

}  // namespace
}  // namespace pebench::test
