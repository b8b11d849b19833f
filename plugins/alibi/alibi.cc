// Attention with linear biases (ALiBi): Press, Smith & Lewis 2022, "Train short, test long: attention with
// linear biases enables input length extrapolation", arXiv:2108.12409.
//
//   bias_hij = -slope_h |key_position_j - query_position_i|            bias [1 or B, H, Lq, Lk]
//   slope_h  = 2^(-8h/H)                                               h = 1 .. H, a power of two
//
// For other H the authors' code takes the slopes of P heads, the greatest power of two below H, and then
// every second slope of 2P heads, from the first on. The paper is causal; the distance without its sign is
// the form its authors give for full attention, and the same under a causal mask.
#include <cmath>
#include <pebench/plugin.hpp>
#include <vector>

namespace {

class Alibi : public peb::Encoder {
 public:
  static constexpr peb::Info info{"alibi", "1.0.0", "arXiv:2108.12409", "Attention with linear biases"};
  static constexpr uint32_t flags = PEB_IS_SHIFT_INVARIANT | PEB_IS_EXTRAPOLATING;

  Alibi(peb::Build&, const peb::Config& config, const peb::Values&) : slopes_(slopes(config.n_heads)) {}

  /// -> [1 or B, H, Lq, Lk]
  peb::Tensor bias(const peb::Site& site) const {
    const peb::Tensor distance = abs(site.relative_position()).cast(PEB_MODEL);
    return -(site.pass.constant(slopes_, {1, site.heads, 1, 1}) * distance);
  }

 private:
  static std::vector<double> slopes(uint32_t heads) {
    uint32_t power = 1;
    while (2 * power <= heads) power *= 2;
    std::vector<double> slopes;
    for (uint32_t h = 1; h <= power; ++h) slopes.push_back(std::pow(2.0, -8.0 * h / power));
    for (uint32_t h = 1; slopes.size() < heads; h += 2)
      slopes.push_back(std::pow(2.0, -8.0 * h / (2 * power)));
    return slopes;
  }

  std::vector<double> slopes_;  // [H]
};

}  // namespace
PEB_PLUGIN(Alibi)
