// PaTH, position encoding via accumulating Householder transformations: Yang, Shen, Wen, Tan, Mishra, Ren,
// Panda & Kim 2025, "PaTH attention: position encoding via accumulating Householder transformations",
// arXiv:2505.16381, section 2.
//
//   logits_ij = scale k_j . H_{j+1} H_{j+2} .. H_i q_i      over the keys after j that query i sees
//   H_l       = I - beta_l w_l w_l^T                        [h, h], per head
//   beta_l    = 2 sigmoid(u . x_l + b)                      x_l [D] the hidden state of key l
//   w_l       = y_l / |y_l|
//   y_l       = silu(sum over t < filter of c_t * z_{l-t})  c [filter, H, 1, h], z = 0 before the first event
//   z_l       = U V x_l                                     V [rank, D], U [D, rank]
//
// with u, b, c, U, V per layer; SiLU and |y| = sqrt(y . y + 1e-6) are those of the authors' code. bias() adds
// what is missing to the plain logits. In the decoder a candidate is moved by the H of all events of the
// profile that it may see, and by none of its own, in training as in ranking.
//
// The product is the paper's form with one inverse for all pairs (section 3.2): with the rows w_l in W, and N
// the part below the diagonal of diag(beta) W W^T,
//   H_{j+1} .. H_i = I - sum over a, b in j+1 .. i of w_b T_ab w_a^T,    T = (I + N)^-1 diag(beta).
// The inverse is formed from those of the blocks on the diagonal, of 1, 2, 4, .. keys: for two blocks A, B
// with C below A it is [[A^-1, 0], [-B^-1 C A^-1, B^-1]]. What is linear in q is left so, and is folded in
// ranking.
#include <algorithm>
#include <cmath>
#include <pebench/plugin.hpp>
#include <string>
#include <vector>

namespace {

using peb::Tensor;

constexpr double kNormEpsilon = 1e-6;

class Path : public peb::Encoder {
 public:
  static constexpr peb::Info info{"path", "1.0.0", "arXiv:2505.16381",
                                  "Accumulated Householder transformations"};
  static constexpr uint32_t flags =
      PEB_NEED_HIDDEN | PEB_IS_CAUSAL | PEB_IS_SHIFT_INVARIANT | PEB_IS_EXTRAPOLATING;
  static constexpr auto options = peb::options(
      peb::integer("rank", 32, 1, 4096, "rank of the map from hidden states to directions"),
      peb::integer("filter", 3, 1, 64, "events, an event and those before it, that make its direction"));

  Path(peb::Build& build, const peb::Config& config, const peb::Values& values) : filter_(values["filter"]) {
    const int64_t rank = values["rank"], D = config.d_model, H = config.n_heads;
    const auto uniform = [&](const std::string& name, const peb::Dims& dims, int64_t terms) {
      const double bound = 1.0 / std::sqrt(static_cast<double>(terms));
      return build.uniform(name, dims, -bound, bound);
    };
    for (uint32_t layer = 0; layer < config.n_sites; ++layer) {
      const std::string suffix = "." + std::to_string(layer);
      layers_.push_back({uniform("down" + suffix, {rank, D}, D),
                         uniform("up" + suffix, {D, rank}, rank),
                         uniform("filter" + suffix, {filter_, H, 1, config.d_head}, filter_),
                         {build, "beta" + suffix, D, H}});
    }
  }

  /// -> [B, H, Lq, Lk]
  Tensor bias(const peb::Site& site) const {
    const Layer& layer = layers_.at(site.layer);
    const Tensor w = directions(layer, site);  // [B, H, Lk, h]
    const Tensor beta =
        2.0 * sigmoid(layer.beta(site.key_hidden)).transpose(1, 2).unsqueeze(-1);  // [B, H, Lk, 1]
    const Tensor slot = site.pass.arange(site.keys, 0.0, 1.0, PEB_I64);
    const Tensor later = (slot < slot.unsqueeze(-1)).cast(PEB_MODEL);  // [Lk, Lk]: the column before the row
    const Tensor by_key = beta * matmul(w, site.k.transpose(2, 3)) * later;
    const Tensor moved = matmul(inverse(beta * matmul(w, w.transpose(2, 3)) * later, slot), by_key);
    const Tensor by_query =
        matmul(site.q, w.transpose(2, 3)) * site.visible.cast(PEB_MODEL);  // [B, H, Lq, Lk]
    return -site.scale * matmul(by_query, moved);
  }

 private:
  struct Layer {
    peb::Parameter down, up, filter;  // [rank, D], [D, rank], [filter, H, 1, h]
    peb::Linear beta;
  };

  /// w of every key, of almost unit length, and zero at padding -> [B, H, Lk, h]
  Tensor directions(const Layer& layer, const peb::Site& site) const {
    const Tensor z = matmul(matmul(site.key_hidden, layer.down.tensor().transpose(0, 1)),
                            layer.up.tensor().transpose(0, 1));
    // A key that no query sees is padding, or comes after all of them.
    const Tensor real = site.visible.cast(PEB_MODEL).amax(-2).transpose(2, 3);  // [1 or B, 1, Lk or 1, 1]
    const Tensor heads =
        real * z.reshape({site.batch, site.keys, site.heads, site.head_width}).transpose(1, 2);
    Tensor y = tap(layer, 0) * heads;
    for (int64_t t = 1; t < std::min(filter_, site.keys); ++t) {
      const Tensor none = site.pass.full(0.0, {site.batch, site.heads, t, site.head_width});
      y = y + tap(layer, t) * peb::concat({none, heads.slice(2, 0, site.keys - t)}, 2);
    }
    y = y * sigmoid(y);
    return y / sqrt((y * y).sum(-1) + kNormEpsilon);
  }

  /// c_t [1, H, 1, h]; the newest event's stands last, as in a convolution.
  Tensor tap(const Layer& layer, int64_t t) const {
    return layer.filter.tensor().slice(0, filter_ - 1 - t, filter_ - t);
  }

  /// (I + N)^-1 of N [B, H, n, n], which is zero on and above the diagonal.
  static Tensor inverse(const Tensor& below, const Tensor& slot) {
    const auto same_block = [&](int64_t size) {
      const Tensor block = slot / static_cast<double>(size);
      return equal(block, block.unsqueeze(-1)).cast(PEB_MODEL);
    };
    Tensor within = same_block(1), found = within;
    for (int64_t size = 1; size < slot.dim(0); size *= 2) {
      const Tensor wider = same_block(2 * size);
      found = found - matmul(matmul(found, below * (wider - within)), found);
      within = wider;
    }
    return found;
  }

  int64_t filter_;
  std::vector<Layer> layers_;  // one per attention site
};

}  // namespace
PEB_PLUGIN(Path)
