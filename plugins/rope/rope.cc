// Rotary position embedding: Su et al. 2021, "RoFormer: enhanced transformer with rotary position embedding",
// arXiv:2104.09864.
//
//   a_i = position * base^(-2i/h)        i < h/2; q and k [B, H, L, h] are turned by a, see rotation.h
#include <pebench/plugin.hpp>
#include <utility>
#include <vector>

#include "rotation.h"

namespace {

class Rope : public peb::Encoder {
 public:
  static constexpr peb::Info info{"rope", "1.0.0", "arXiv:2104.09864", "Rotary position embedding"};
  static constexpr uint32_t flags = PEB_IS_SHIFT_INVARIANT | PEB_IS_EXTRAPOLATING;
  static constexpr auto options =
      peb::options(peb::real("base", 10000.0, 1.0, 1e12, "base of the geometric series of frequencies"),
                   peb::boolean("first_layer_only", false, "rotate in the first encoder block alone"));

  Rope(peb::Build&, const peb::Config& config, const peb::Values& values)
      : first_layer_only_(values["first_layer_only"]),
        frequencies_(rotation::frequencies(config.d_head, values["base"])) {
    if (config.d_head % 2 != 0)
      throw peb::Unsupported("rope turns pairs of columns: the head width must be even");
  }

  /// q [B, H, Lq, h], k [B, H, Lk, h] -> the same shapes
  std::pair<peb::Tensor, peb::Tensor> rotate(const peb::Site& site, peb::Tensor q, peb::Tensor k) const {
    if (first_layer_only_ && site.layer != 0) return {q, k};
    return {rotation::turned(q, site.query_position.cast(PEB_F64), frequencies_),
            rotation::turned(k, site.key_position.cast(PEB_F64), frequencies_)};
  }

 private:
  bool first_layer_only_;
  std::vector<double> frequencies_;  // [h/2]
};

}  // namespace
PEB_PLUGIN(Rope)
