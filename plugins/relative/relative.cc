// Relative attention: Shaw, Uszkoreit & Vaswani 2018, "Self-attention with relative position
// representations", arXiv:1803.02155.
//
//   r_ij      = clamp(key_position_j - query_position_i, -m, m) + m    r [1 or B, Lq, Lk]: 2m + 1 distances
//   logits_ij = (q_i . k_j + q_i . K[r_ij]) / sqrt(h)                  q [B, H, Lq, h], K [2m + 1, h]
//   context_i = sum_j p_ij (v_j + V[r_ij])                             p [B, H, Lq, Lk], V [2m + 1, h]
//
// with one pair of tables K, V per layer. K[r] and V[r] as tensors would hold B * Lq * Lk * h numbers. But
// there are only 2m + 1 distances: each query meets all of them at once (q K^T), and the products are
// gathered by distance; on the way back the weights are first summed by distance and then meet V.
#include <pebench/plugin.hpp>
#include <string>
#include <vector>

namespace {

class Relative : public peb::Encoder {
 public:
  static constexpr peb::Info info{"relative", "1.0.0", "arXiv:1803.02155",
                                  "Relative attention with keys and values"};
  static constexpr uint32_t flags = PEB_NEED_PROBS | PEB_IS_SHIFT_INVARIANT | PEB_IS_EXTRAPOLATING;
  static constexpr auto options = peb::options(
      peb::integer("max_distance", 4, 1, 65536, "distances beyond it share an entry of the tables"),
      peb::boolean("output_projection", false,
                   "a linear map of the merged heads per layer, as in the published code"));

  Relative(peb::Build& build, const peb::Config& config, const peb::Values& values)
      : max_distance_(values["max_distance"]) {
    for (uint32_t layer = 0; layer < config.n_sites; ++layer) {
      const std::string suffix = "." + std::to_string(layer);
      key_tables_.push_back(build.xavier("key_table" + suffix, {distances(), config.d_head}));
      value_tables_.push_back(build.xavier("value_table" + suffix, {distances(), config.d_head}));
      if (values["output_projection"]) {
        outputs_.emplace_back(build, "output" + suffix, config.d_model, config.d_model);
      }
    }
  }

  /// -> [B, H, Lq, Lk]
  peb::Tensor bias(const peb::Site& site) const {
    const peb::Tensor table = key_tables_.at(site.layer);
    const peb::Tensor by_distance =
        matmul(site.q, (table * site.scale).permute({1, 0}));  // [B, H, Lq, 2m + 1]
    return by_distance.gather(-1, distance(site));
  }

  /// -> [B, H, Lq, h]
  peb::Tensor value(const peb::Site& site) const {
    const peb::Tensor by_distance =
        site.probs.scatter_add(-1, distance(site), distances());  // [B, H, Lq, 2m + 1]
    return matmul(by_distance, value_tables_.at(site.layer));
  }

  /// y [B, Lq, d] -> [B, Lq, d]
  peb::Tensor output(const peb::Site& site, peb::Tensor y) const {
    return outputs_.empty() ? y : outputs_.at(site.layer)(y);
  }

 private:
  int64_t distances() const { return 2 * max_distance_ + 1; }

  /// r(i, j) of every query and key -> I64 [1 or B, 1, Lq, Lk]
  peb::Tensor distance(const peb::Site& site) const {
    const double limit = static_cast<double>(max_distance_);
    return site.relative_position().clamp(-limit, limit) + limit;
  }

  int64_t max_distance_;
  std::vector<peb::Parameter> key_tables_, value_tables_;  // one per attention site
  std::vector<peb::Linear> outputs_;
};

}  // namespace
PEB_PLUGIN(Relative)
