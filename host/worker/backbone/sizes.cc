#include "host/worker/backbone/sizes.h"

namespace pebench::backbone {

std::int64_t Sizes::head_width() const { return width / heads; }

std::int64_t Sizes::sites() const { return blocks + (encode_cross_attention ? 1 : 0); }

}  // namespace pebench::backbone
