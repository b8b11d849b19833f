#pragma once

#include <memory>

#include "host/contract/settings.h"
#include "host/data/dataset.h"
#include "host/worker/backbone/backbone.h"

namespace pebench::trial {

/// The model of a trial, its parameters declared in `parameters`, which must outlive it. Here, and nowhere
/// else, backbones have names.
std::unique_ptr<backbone::Backbone> make_backbone(const contract::Settings& settings,
                                                  const data::Dataset& data,
                                                  tensor::ParameterSet& parameters);

}  // namespace pebench::trial
