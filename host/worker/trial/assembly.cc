#include "host/worker/trial/assembly.h"

#include <fmt/format.h>

#include "host/base/error.h"
#include "host/base/hash.h"
#include "host/worker/trial/make_backbone.h"

namespace pebench::trial {
namespace {

at::Device device_of(const std::string& name) {
  at::Device device(name);
  if (device.is_cuda() && !at::hasCUDA())
    throw base::InputError(
        fmt::format("train.device is '{}', but this LibTorch has no CUDA device: use \"cpu\", or point "
                    "CMAKE_PREFIX_PATH at a LibTorch with CUDA and build again",
                    name));
  return device;
}

void require_same(const std::string& what, const std::string& found, const std::string& expected) {
  if (found == expected) return;
  throw base::InputError(
      fmt::format("{} has changed since the trial was planned (hash {:.12} instead of {:.12}): run the suite "
                  "again, which plans anew",
                  what, found, expected));
}

/// The plugin and the files that its options name, which the plugin opens itself.
void require_files_of(const contract::TrialSpec& spec) {
  require_same("plugin " + spec.library.string(), base::sha256_of_file(spec.library), spec.library_hash);
  for (const auto& [key, path] : spec.option_files.items())
    require_same(fmt::format("{} (option {} of encoding {})", path.get<std::string>(), key, spec.encoding),
                 base::sha256_of_file(path.get<std::string>()), spec.options.at(key).get<std::string>());
}

/// Throws InputError unless all that the trial is of is what it was planned with.
const contract::TrialSpec& as_planned(const contract::TrialSpec& spec, const data::Dataset& data) {
  require_same("data set '" + spec.dataset + "'", data.hash(), spec.data_hash);
  if (!spec.library.empty()) require_files_of(spec);
  return spec;
}

}  // namespace

Assembly::Assembly(const contract::TrialSpec& spec, const data::Dataset& data)
    : parameters_(as_planned(spec, data).seed_for("init"),
                  at::TensorOptions(at::kFloat).device(device_of(spec.settings.train.device))),
      model_(make_backbone(spec.settings, data, parameters_)) {
  if (spec.library.empty()) return;
  plugged_ = std::make_unique<Plugged>(spec, model_->sizes(), parameters_);
  model_->set_encoding(&plugged_->encoding);
  require_files_of(spec);  // also now that they are open: so these are what was opened
}

Assembly::Plugged::Plugged(const contract::TrialSpec& spec, const backbone::Sizes& sizes,
                           tensor::ParameterSet& parameters)
    : library(plugin::Library::load(spec.library, plugin::host())),
      values(library.encoder(spec.encoder_id), spec.options, spec.option_files),
      encoding(library.table(spec.encoder_id), values.values(), sizes, parameters) {}

}  // namespace pebench::trial
