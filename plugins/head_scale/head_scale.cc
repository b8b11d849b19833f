// No positions and a learnt scale of the logits (HeadScale): Wang et al. 2024, "Length generalization of
// causal transformers without position encoding", arXiv:2404.12224.
//
//   logits_hij = s_h q_i . k_j / sqrt(h)          s per layer and head
//
// The order reaches such a model through the causal mask alone; without one it is blind to order. The paper
// tunes the scales of a trained model for longer texts and leaves the rest as it is; here they are trained
// with the model, from init on. They are unbounded, as in the published code, and spared from L2, which would
// level the weights.
#include <pebench/plugin.hpp>
#include <string>
#include <utility>
#include <vector>

namespace {

class HeadScale : public peb::Encoder {
 public:
  static constexpr peb::Info info{"head_scale", "1.0.0", "arXiv:2404.12224",
                                  "No positions, a learnt scale per head"};
  static constexpr uint32_t flags = PEB_IS_SHIFT_INVARIANT | PEB_IS_EXTRAPOLATING;
  static constexpr auto options =
      peb::options(peb::real("init", 1.0, 1e-6, 1e6, "initial scale; 1 is a model without encoding"));

  HeadScale(peb::Build& build, const peb::Config& config, const peb::Values& values) {
    for (uint32_t layer = 0; layer < config.n_sites; ++layer) {
      scales_.push_back(build.constant("scale." + std::to_string(layer), {config.n_heads, 1, 1},
                                       values["init"], peb::no_decay));
    }
  }

  /// q [B, H, Lq, h], k [B, H, Lk, h] -> the same shapes. The scale of a logit is one of its query.
  std::pair<peb::Tensor, peb::Tensor> rotate(const peb::Site& site, peb::Tensor q, peb::Tensor k) const {
    return {q * scales_.at(site.layer), k};
  }

 private:
  std::vector<peb::Parameter> scales_;  // [H, 1, 1], one per attention site
};

}  // namespace
PEB_PLUGIN(HeadScale)
