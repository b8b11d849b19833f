#include <pebench/plugin.hpp>

/// Learned absolute positions (Gehring et al. 2017): x + table[position].
class Learnt : public peb::Encoder {
 public:
  static constexpr peb::Info info{"learnt20", "1.0.0", "arXiv:1705.03122"};
  static inline const auto options =
      peb::options(peb::real("init_std", 0.02, 0.0, 10.0, "standard deviation of the initial table"));

  Learnt(peb::Build& build, const peb::Config& config, const peb::Values& values)
      : table_(build.normal("table", {config.n_positions, config.d_model}, values["init_std"])) {}

  /// x [B, L, D] -> [B, L, D]
  peb::Tensor input(const peb::Sequence& sequence, peb::Tensor x) const {
    return x + embedding(table_, sequence.position);
  }

 private:
  peb::Parameter table_;
};
PEB_PLUGIN(Learnt)
