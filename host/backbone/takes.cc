#include "host/backbone/takes.h"

#include <algorithm>
#include <map>

namespace pebench::backbone {

const std::vector<std::string>& takers(const std::string& setting) {
  static const std::vector<std::string> all, carca = {"carca"}, sasrec = {"sasrec"};
  static const std::map<std::string, const std::vector<std::string>*> table = {
      {"model.encoder_residual", &carca},
      {"model.decoder_residual", &carca},
      {"model.item_max_norm", &carca},
      {"model.item_norm_type", &carca},
      {"model.item_init", &carca},
      {"protocol.candidate_position", &carca},
      {"protocol.leaky_relu_is_identity", &carca},
      {"protocol.feed_forward_twice", &carca},
      {"protocol.loss", &carca},
      {"protocol.encode_cross_attention", &carca},
      {"protocol.context_at_evaluation", &carca},
      {"protocol.context_at_target", &carca},
      {"protocol.week_scale", &carca},
      {"model.norm_place", &sasrec},
      {"model.feed_forward", &sasrec},
      {"model.init", &sasrec},
      {"model.init_std", &sasrec},
      {"train.objective", &sasrec},
      {"train.negatives_per", &sasrec},
      {"train.calibration", &sasrec},
  };
  const auto found = table.find(setting);
  return found == table.end() ? all : *found->second;
}

bool takes(const contract::Settings& settings, const std::string& setting) {
  const auto& names = takers(setting);
  return names.empty() || std::find(names.begin(), names.end(), settings.model.backbone) != names.end();
}

}  // namespace pebench::backbone
