#include "tests/support/plugin_instance.h"

#include <cmath>

namespace pebench::test {

PluginInstance::PluginInstance(const std::string& library, const std::string& id,
                               const nlohmann::json& options, const backbone::Sizes& sizes,
                               at::ScalarType type, bool training)
    : id_(id),
      library_(plugin::Library::load(library, plugin::host())),
      values_(library_.encoder(id), plugin::with_defaults(library_.encoder(id), options)),
      parameters_(5, at::TensorOptions(type)),
      encoding_(library_.table(id), values_.values(), sizes, parameters_),
      randomness_(base::Stream(1, "dropout"), training) {}

backbone::Sizes model_of(std::int64_t heads, std::int64_t head_width, std::int64_t max_len,
                         std::int64_t blocks) {
  backbone::Sizes config;
  config.items = 9;
  config.width = heads * head_width;
  config.heads = heads;
  config.blocks = blocks;
  config.max_len = max_len;
  return config;
}

backbone::Site site_of(const Tensor& q, const Tensor& k, const Tensor& v, const Tensor& query_position,
                       const Tensor& key_position) {
  backbone::Site site;
  site.scale = 1.0 / std::sqrt(static_cast<double>(q.size(3)));
  site.q = q;
  site.k = k;
  site.v = v;
  site.query_position = query_position;
  site.key_position = key_position;
  site.visible = at::ones({q.size(0), 1, 1, k.size(2)}, at::kBool);
  return site;
}

}  // namespace pebench::test
