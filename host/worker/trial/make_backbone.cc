#include "host/worker/trial/make_backbone.h"

#include "host/worker/backbone/bert4rec/bert4rec.h"
#include "host/worker/backbone/carca/carca.h"
#include "host/worker/backbone/sasrec/sasrec.h"
#include "host/worker/train/rows.h"

namespace pebench::trial {

std::unique_ptr<backbone::Backbone> make_backbone(const contract::Settings& settings,
                                                  const data::Dataset& data,
                                                  tensor::ParameterSet& parameters) {
  if (settings.model.backbone == "sasrec")
    return std::make_unique<sasrec::SasRec>(backbone::catalogue_config_of(settings, data.items()),
                                            parameters);
  if (settings.model.backbone == "bert4rec")
    return std::make_unique<bert4rec::Bert4Rec>(backbone::catalogue_config_of(settings, data.items()),
                                                parameters);
  return std::make_unique<carca::Carca>(carca::make_config(settings, data.items()), parameters,
                                        train::item_attributes(data, parameters.options()));
}

}  // namespace pebench::trial
