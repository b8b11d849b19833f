#pragma once

#include <string>

#include "host/controller/tune/draw.h"

namespace pebench::tune {

/// A configuration that somebody else chose: '{"train.lr": 0.001, "options.base": 500}', settings of [model]
/// and [train] and options of this encoding's plugin. Whether they may have these values is asked by
/// trials_of(). Throws base::InputError for what is no such object.
Configuration parse_configuration(const std::string& text, const std::string& encoding);

}  // namespace pebench::tune
