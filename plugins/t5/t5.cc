// T5's relative position bias: Raffel et al. 2020, "Exploring the limits of transfer learning with a unified
// text-to-text transformer", arXiv:1910.10683, section 2.1; buckets as in its published code.
//
//   bias_hij = table[bucket(key_position_j - query_position_i), h]       table [num_buckets, H]
//
// n buckets for the distance r to one side: the first n/2 hold one distance each, the others share those up
// to max_distance on a logarithmic scale, the last holds everything beyond.
//   bucket(r) = r                                                                        r < e = n/2
//   bucket(r) = min(n - 1, e + floor((n - e) log(r / e) / log(max_distance / e)))        r >= e
// Under full attention each side has n = num_buckets / 2, the keys after the query the second half. Under a
// causal mask n = num_buckets for the keys before it. The paper shares the table among all layers.
//
// A distance at which a bucket begins is in it, exactly; the published code computes limits in float32.
#include <cmath>
#include <cstdlib>
#include <pebench/plugin.hpp>
#include <string>
#include <vector>

#include "buckets.h"

namespace {

class T5 : public peb::Encoder {
 public:
  static constexpr peb::Info info{"t5", "1.1.0", "arXiv:1910.10683", "T5 relative position bias"};
  static constexpr uint32_t flags = PEB_IS_SHIFT_INVARIANT | PEB_IS_EXTRAPOLATING;
  static constexpr auto options = peb::options(
      peb::integer("num_buckets", 32, 4, 65536, "rows of the table; even"),
      peb::integer("max_distance", 128, 2, 65536, "distances from here on share the last bucket"),
      peb::boolean("per_layer", false, "a table for each layer instead of one for all"));

  T5(peb::Build& build, const peb::Config& config, const peb::Values& values)
      : buckets_(values["num_buckets"]),
        max_distance_(values["max_distance"]),
        per_layer_(values["per_layer"]) {
    if (buckets_ % 2 != 0)
      throw std::invalid_argument("num_buckets must be even: half of them hold one distance each");
    if (max_distance_ <= buckets_ / 2)
      throw std::invalid_argument("max_distance must be greater than num_buckets / 2");
    const double deviation = 1.0 / std::sqrt(static_cast<double>(config.d_model));  // as published
    for (uint32_t layer = 0; layer < (per_layer_ ? config.n_sites : 1); ++layer) {
      const std::string suffix = per_layer_ ? "." + std::to_string(layer) : "";
      tables_.push_back(build.normal("table" + suffix, {buckets_, config.n_heads}, deviation));
    }
    for (int64_t r = -max_distance_; r <= max_distance_; ++r) {
      causal_.push_back(static_cast<double>(r < 0 ? t5::bucket(-r, buckets_, max_distance_) : 0));
      const int64_t half = buckets_ / 2;
      full_.push_back(static_cast<double>((r > 0 ? half : 0) + t5::bucket(std::abs(r), half, max_distance_)));
    }
  }

  /// -> [1 or B, H, Lq, Lk]
  peb::Tensor bias(const peb::Site& site) const {
    const double limit = static_cast<double>(max_distance_);
    const peb::Tensor place =
        site.relative_position().clamp(-limit, limit) + limit;  // I64 [1 or B, 1, Lq, Lk]
    const peb::Dims dims = place.shape();
    const peb::Tensor bucket =
        site.pass.constant(site.causal ? causal_ : full_, {2 * max_distance_ + 1}, PEB_I64);
    const peb::Tensor by_place = embedding(tables_.at(per_layer_ ? site.layer : 0), bucket);  // [2m + 1, H]
    return by_place.permute({1, 0})
        .reshape({1, site.heads, 1, 2 * max_distance_ + 1})
        .expand({dims[0], -1, dims[2], -1})
        .gather(-1, place);
  }

 private:
  int64_t buckets_, max_distance_;
  bool per_layer_;
  std::vector<double> full_, causal_;   // bucket of key - query = -max_distance .. max_distance
  std::vector<peb::Parameter> tables_;  // one, or one per attention site
};

}  // namespace
PEB_PLUGIN(T5)
