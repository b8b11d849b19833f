// Forgetting Transformer (FoX): Lin, Nikishin, He & Courville 2025, "Forgetting Transformer: softmax
// attention with a forget gate", arXiv:2503.02130, section 3.
//
//   f_l     = sigmoid(w_f . x_l + b_f)        a gate per head, x_l [D] the hidden state of key l
//   bias_ij = sum of log f_l over the keys l after j that query i sees
//
// with w_f and b_f per layer. In self-attention those are the keys j + 1 .. i, as in the paper. In the
// decoder they are all events of the profile after j, up to the newest one that the candidate may see: the
// candidate itself has no gate, in training as in ranking, and so candidates do not know of each other.
// Padding is not seen and forgets nothing. As in the authors' code gates begin at w_f normal(0, 0.02) and b_f
// = 0, which halves the weight of an event with every one that follows; init_bias sets b_f.
#include <pebench/plugin.hpp>
#include <string>
#include <vector>

namespace {

class Fox : public peb::Encoder {
 public:
  static constexpr peb::Info info{"fox", "1.0.0", "arXiv:2503.02130", "Forgetting Transformer"};
  static constexpr uint32_t flags =
      PEB_NEED_HIDDEN | PEB_IS_CAUSAL | PEB_IS_SHIFT_INVARIANT | PEB_IS_EXTRAPOLATING;
  static constexpr auto options =
      peb::options(peb::real("init_std", 0.02, 0.0, 1000.0, "standard deviation of the initial w_f"),
                   peb::real("init_bias", 0.0, -100.0, 100.0,
                             "initial b_f: 0 forgets half of what was at every event, 3 a twentieth"));

  Fox(peb::Build& build, const peb::Config& config, const peb::Values& values) {
    const int64_t heads = config.n_heads;
    for (uint32_t layer = 0; layer < config.n_sites; ++layer) {
      const std::string name = "gate." + std::to_string(layer);
      gates_.push_back({build.normal(name + ".weight", {heads, config.d_model}, values["init_std"]),
                        build.constant(name + ".bias", {heads, 1, 1}, values["init_bias"])});
    }
  }

  /// -> [B, H, Lq or 1, Lk]
  peb::Tensor bias(const peb::Site& site) const {
    const Gate& gate = gates_.at(site.layer);
    const peb::Tensor logit = matmul(gate.weight, site.key_hidden.transpose(1, 2));  // [B, H, Lk]
    const peb::Tensor log_gate = -softplus(-(logit.unsqueeze(2) + gate.bias));  // log sigmoid, [B, H, 1, Lk]
    const peb::Tensor seen = log_gate * site.visible.cast(PEB_MODEL);           // [B, H, Lq or 1, Lk]
    return seen.sum(-1) - seen.cumsum(-1);
  }

 private:
  struct Gate {
    peb::Parameter weight, bias;  // [H, D], [H, 1, 1]
  };

  std::vector<Gate> gates_;  // one per attention site
};

}  // namespace
PEB_PLUGIN(Fox)
