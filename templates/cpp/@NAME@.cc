#include <pebench/plugin.hpp>

namespace {

/// Learned absolute positions: y = x + table[position].
class @CLASS@ : public peb::Encoder {
 public:
  static constexpr peb::Info info{"@NAME@", "0.1.0", ""};  // the last is the paper, "arXiv:..."
  static constexpr uint32_t flags = PEB_IS_AFFINE_INPUT;   // a claim that `pebench check` puts to the test
  static constexpr auto options =
      peb::options(peb::real("init_std", 0.02, 0.0, 10.0, "standard deviation of the initial table"));

  @CLASS@(peb::Build& build, const peb::Config& config, const peb::Values& values)
      : table_(build.normal("table", {config.n_positions, config.d_model}, values["init_std"])) {}

  /// x [B, L, D] -> [B, L, D]
  peb::Tensor input(const peb::Sequence& sequence, peb::Tensor x) const {
    return x + embedding(table_, sequence.position);
  }

  // The other hooks are begin, rotate, bias, value and output: see pebench/sdk/encoder.hpp.

 private:
  peb::Parameter table_;  // [n_positions, D]
};

}  // namespace
PEB_PLUGIN(@CLASS@)
