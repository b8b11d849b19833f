// Untied positions: Ke, He & Liu 2021, "Rethinking positional encoding in language pre-training" (TUPE-A),
// arXiv:2006.15595, section 3.1, without what is special about [CLS].
//
//   logits_ij = (q_i . k_j + (p_i U_Q) . (p_j U_K)) / sqrt(2h)        per head; p [n_positions, D], U_Q, U_K
//   [D, D]
//
// Events and positions are correlated apart, never with each other. One table and one pair of projections
// serve all layers. The host's logits are q.k / sqrt(h): rotate() takes the other sqrt(2) off, bias() adds
// the positions.
#include <cmath>
#include <pebench/plugin.hpp>
#include <utility>

namespace {

class Untied : public peb::Encoder {
 public:
  static constexpr peb::Info info{"untied", "1.0.0", "arXiv:2006.15595", "Untied absolute positions"};
  static constexpr auto options =
      peb::options(peb::real("init_std", 0.02, 0.0, 10.0, "standard deviation of the initial table"));

  Untied(peb::Build& build, const peb::Config& config, const peb::Values& values)
      : table_(build.normal("table", {config.n_positions, config.d_model}, values["init_std"])),
        query_projection_(build.xavier("query_projection", {config.d_model, config.d_model})),
        key_projection_(build.xavier("key_projection", {config.d_model, config.d_model})) {}

  /// q [B, H, Lq, h], k [B, H, Lk, h] -> the same shapes
  std::pair<peb::Tensor, peb::Tensor> rotate(const peb::Site&, peb::Tensor q, peb::Tensor k) const {
    return {q * std::sqrt(0.5), k};
  }

  /// -> [1 or B, H, Lq, Lk]
  peb::Tensor bias(const peb::Site& site) const {
    const peb::Tensor query = projected(site, site.query_position, query_projection_);
    const peb::Tensor key = projected(site, site.key_position, key_projection_);
    return matmul(query, key.transpose(-1, -2)) * (site.scale * std::sqrt(0.5));
  }

 private:
  /// position [1 or B, L] -> p U by head, [1 or B, H, L, h]
  peb::Tensor projected(const peb::Site& site, const peb::Tensor& position,
                        const peb::Parameter& projection) const {
    const peb::Tensor rows = matmul(embedding(table_, position), projection);  // [1 or B, L, D]
    return rows.reshape({position.dim(0), position.dim(1), site.heads, site.head_width}).transpose(1, 2);
  }

  peb::Parameter table_, query_projection_, key_projection_;
};

}  // namespace
PEB_PLUGIN(Untied)
