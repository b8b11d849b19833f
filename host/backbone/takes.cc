#include "host/backbone/takes.h"

#include <algorithm>
#include <map>

namespace pebench::backbone {
namespace {

/// The scorer of CARCA to which a setting means something; empty for both.
const std::string& scorer_of(const std::string& setting) {
  static const std::string both, cross_attention = "cross_attention", dot_product = "dot_product";
  static const std::map<std::string, const std::string*> table = {
      {"model.decoder_residual", &cross_attention}, {"protocol.candidate_position", &cross_attention},
      {"protocol.loss", &cross_attention},          {"protocol.encode_cross_attention", &cross_attention},
      {"train.negatives_per", &dot_product},
  };
  const auto found = table.find(setting);
  return found == table.end() ? both : *found->second;
}

}  // namespace

const std::vector<std::string>& takers(const std::string& setting) {
  static const std::vector<std::string> all, carca = {"carca"}, bert4rec = {"bert4rec"};
  static const std::vector<std::string> carca_and_bert4rec = {"carca", "bert4rec"};
  static const std::vector<std::string> transformers = {"sasrec", "bert4rec"};
  static const std::map<std::string, const std::vector<std::string>*> table = {
      {"model.encoder_residual", &carca},
      {"model.decoder_residual", &carca},
      {"model.scorer", &carca},
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
      {"train.mask_share", &bert4rec},
      {"train.mask_last", &bert4rec},
  };
  const auto found = table.find(setting);
  return found == table.end() ? all : *found->second;
}

std::string missing(const contract::Settings& settings, const std::string& setting) {
  const auto& model = settings.model;
  const auto& names = takers(setting);
  if (!names.empty() && std::find(names.begin(), names.end(), model.backbone) == names.end())
    return "model.backbone";
  const std::string& scorer = scorer_of(setting);
  if (model.backbone == "carca" && !scorer.empty() && scorer != model.scorer) return "model.scorer";
  return {};
}

bool trains_masked(const contract::Settings& settings) { return settings.model.backbone == "bert4rec"; }

bool sees_attributes(const contract::Settings& settings) { return settings.model.backbone == "carca"; }

bool scores_by_dot_products(const contract::Settings& settings) {
  return settings.model.backbone != "carca" || settings.model.scorer == "dot_product";
}

}  // namespace pebench::backbone
