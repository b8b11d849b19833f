// Rotary position embedding: Su et al. 2021, "RoFormer: enhanced transformer with rotary position embedding",
// arXiv:2104.09864, with the pairs (i, i + h/2) of the common implementations.
//
//   a_i    = position * base^(-2i/h)                   i < h/2, a [1 or B, 1, L, h/2]
//   y_i    = x_i cos a_i - x_j sin a_i                 j = i + h/2, x = q and k [B, H, L, h]
//   y_j    = x_j cos a_i + x_i sin a_i
//
// q.k then depends on positions through their difference alone.
#include <cmath>
#include <pebench/plugin.hpp>
#include <utility>
#include <vector>

namespace {

class Rope : public peb::Encoder {
 public:
  static constexpr peb::Info info{"rope", "1.0.0", "arXiv:2104.09864", "Rotary position embedding"};
  static constexpr uint32_t flags = PEB_IS_SHIFT_INVARIANT | PEB_IS_EXTRAPOLATING;
  static constexpr auto options =
      peb::options(peb::real("base", 10000.0, 1.0, 1e12, "base of the geometric series of frequencies"),
                   peb::boolean("first_layer_only", false, "rotate in the first encoder block alone"));

  Rope(peb::Build&, const peb::Config& config, const peb::Values& values)
      : first_layer_only_(values["first_layer_only"]) {
    if (config.d_head % 2 != 0)
      throw peb::Unsupported("rope turns pairs of columns: the head width must be even");
    const double base = values["base"];
    for (uint32_t i = 0; i < config.d_head / 2; ++i) {
      frequencies_.push_back(std::pow(base, -2.0 * i / config.d_head));
    }
  }

  /// q [B, H, Lq, h], k [B, H, Lk, h] -> the same shapes
  std::pair<peb::Tensor, peb::Tensor> rotate(const peb::Site& site, peb::Tensor q, peb::Tensor k) const {
    if (first_layer_only_ && site.layer != 0) return {q, k};
    return {turned(q, site.query_position), turned(k, site.key_position)};
  }

 private:
  /// x [B, H, L, h], position [1 or B, L] -> [B, H, L, h]. Angles are taken in float64: a float32 angle of a
  /// late position has lost digits before its sine is taken.
  peb::Tensor turned(const peb::Tensor& x, const peb::Tensor& position) const {
    const int64_t half = static_cast<int64_t>(frequencies_.size());
    const peb::Tensor frequencies = x.pass().constant(frequencies_, {half}, PEB_F64);
    const peb::Tensor slots = position.cast(PEB_F64).reshape({position.dim(0), 1, position.dim(1), 1});
    const peb::Tensor angles = slots * frequencies;
    const peb::Tensor cosine = cos(angles).cast(PEB_MODEL), sine = sin(angles).cast(PEB_MODEL);
    const peb::Tensor first = x.slice(-1, 0, half), second = x.slice(-1, half, 2 * half);
    return peb::concat({first * cosine - second * sine, second * cosine + first * sine}, -1);
  }

  bool first_layer_only_;
  std::vector<double> frequencies_;  // [h/2]
};

}  // namespace
PEB_PLUGIN(Rope)
