// Data-adaptive positional encoding (DAPE, in its first version CAPE, context-adaptive): Zheng et al. 2024,
// "DAPE: data-adaptive positional encoding for length extrapolation", arXiv:2405.14722.
//
//   bias_ij   = B_ij + f([logits_ij ; B_ij])      bias, logits [B, H, Lq, Lk], joined along the heads: 2H
//   f(z)      = W2 leaky(W1 z + b1) + b2          W1 [width, 2H], W2 [H, width], leaky slope 0.01
//   B_hij     = -r1_h log(1 + r2_h |key_position_j - query_position_i|)          B [1 or B, H, Lq, Lk]
//
// with f, r1, r2 > 0 per layer. The paper adapts ALiBi, KERPLE and FIRE; B here is the logarithmic KERPLE
// (arXiv:2205.09921), DAPE-Kerple, with the parameters of ../kerple. As in the paper's code f sees the scaled
// logits before the mask. The paper is causal; the distance without its sign serves keys after the query.
#include <cmath>
#include <pebench/plugin.hpp>
#include <string>
#include <vector>

namespace {

constexpr double kLeakySlope = 0.01;

double softplus_inverse(double y) { return std::log(std::expm1(y)); }
peb::Tensor leaky_relu(const peb::Tensor& x) { return maximum(x, x * kLeakySlope); }

class Dape : public peb::Encoder {
 public:
  static constexpr peb::Info info{"dape", "1.0.0", "arXiv:2405.14722", "Data-adaptive positional encoding"};
  static constexpr uint32_t flags = PEB_NEED_LOGITS | PEB_IS_SHIFT_INVARIANT | PEB_IS_EXTRAPOLATING;
  static constexpr auto options = peb::options(peb::integer("width", 32, 1, 4096, "hidden units of the MLP"));

  Dape(peb::Build& build, const peb::Config& config, const peb::Values& values) {
    const peb::Dims heads{config.n_heads, 1, 1};
    for (uint32_t layer = 0; layer < config.n_sites; ++layer) {
      const std::string suffix = "." + std::to_string(layer);
      layers_.push_back(
          {build.uniform("a1" + suffix, heads, softplus_inverse(0.1), softplus_inverse(2.0)),
           build.uniform("a2" + suffix, heads, softplus_inverse(0.1), softplus_inverse(1.0)),
           {build, "hidden" + suffix, 2 * static_cast<int64_t>(config.n_heads), values["width"]},
           {build, "out" + suffix, values["width"], config.n_heads}});
    }
  }

  /// -> [B, H, Lq, Lk]
  peb::Tensor bias(const peb::Site& site) const {
    const Layer& layer = layers_.at(site.layer);
    const peb::Tensor distance = abs(site.relative_position()).cast(PEB_MODEL);
    const peb::Tensor fixed = -(softplus(layer.a1) * log(softplus(layer.a2) * distance + 1.0));
    const peb::Tensor both = peb::concat({site.logits, fixed.expand({site.batch, -1, -1, -1})}, 1);
    const peb::Tensor hidden = leaky_relu(layer.hidden(both.permute({0, 2, 3, 1})));  // [B, Lq, Lk, width]
    return fixed + layer.out(hidden).permute({0, 3, 1, 2});
  }

 private:
  struct Layer {
    peb::Parameter a1, a2;  // [H, 1, 1]; r1, r2 = softplus(a1), softplus(a2)
    peb::Linear hidden, out;
  };

  std::vector<Layer> layers_;  // one per attention site
};

}  // namespace
PEB_PLUGIN(Dape)
