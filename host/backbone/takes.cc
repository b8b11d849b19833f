#include "host/backbone/takes.h"

#include <algorithm>
#include <map>

namespace pebench::backbone {

const std::vector<std::string>& takers(const std::string& setting) {
  static const std::vector<std::string> all, carca = {"carca"}, bert4rec = {"bert4rec"};
  static const std::vector<std::string> carca_and_bert4rec = {"carca", "bert4rec"};
  static const std::vector<std::string> transformers = {"sasrec", "bert4rec"};
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
      {"protocol.context_at_target", &carca_and_bert4rec},
      {"protocol.week_scale", &carca},
      {"model.norm_place", &transformers},
      {"model.feed_forward", &transformers},
      {"model.init", &transformers},
      {"model.init_std", &transformers},
      {"train.objective", &transformers},
      {"train.negatives_per", &transformers},
      {"train.calibration", &transformers},
      {"train.mask_share", &bert4rec},
      {"train.mask_last", &bert4rec},
  };
  const auto found = table.find(setting);
  return found == table.end() ? all : *found->second;
}

bool takes(const contract::Settings& settings, const std::string& setting) {
  const auto& names = takers(setting);
  return names.empty() || std::find(names.begin(), names.end(), settings.model.backbone) != names.end();
}

bool trains_masked(const contract::Settings& settings) { return settings.model.backbone == "bert4rec"; }

}  // namespace pebench::backbone
