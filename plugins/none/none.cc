// The control: a model without positions. Attention over a set is then invariant to the order of its keys.
#include <pebench/plugin.hpp>

namespace {

class None : public peb::Encoder {
 public:
  static constexpr peb::Info info{"none", "1.0.0", "arXiv:2405.10436", "No positions"};
  static constexpr uint32_t flags = PEB_IS_NULL | PEB_IS_SHIFT_INVARIANT | PEB_IS_EXTRAPOLATING;
};

}  // namespace
PEB_PLUGIN(None)
