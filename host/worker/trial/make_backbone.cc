#include "host/worker/trial/make_backbone.h"

#include "host/data/context.h"
#include "host/worker/backbone/bert4rec/bert4rec.h"
#include "host/worker/backbone/carca/carca.h"
#include "host/worker/backbone/sasrec/sasrec.h"
#include "host/worker/train/rows.h"

namespace pebench::trial {

std::unique_ptr<backbone::Backbone> make_backbone(const contract::Settings& settings,
                                                  const data::Dataset& data,
                                                  tensor::ParameterSet& parameters) {
  const std::int64_t context = data::EventContext(data, settings.protocol.week_scale).width();
  if (settings.model.backbone == "carca") {
    auto config = carca::make_config(settings, data.items());
    config.context = context;
    return std::make_unique<carca::Carca>(config, parameters,
                                          train::item_attributes(data, parameters.options()));
  }
  auto config = backbone::catalogue_config_of(settings, data.items());
  config.context = context;
  if (settings.model.backbone == "sasrec") return std::make_unique<sasrec::SasRec>(config, parameters);
  return std::make_unique<bert4rec::Bert4Rec>(config, parameters);
}

}  // namespace pebench::trial
