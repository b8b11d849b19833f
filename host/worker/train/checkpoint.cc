#include "host/worker/train/checkpoint.h"

#include <nlohmann/json.hpp>

#include "host/base/error.h"
#include "host/base/file.h"
#include "host/base/hash.h"

namespace pebench::train {

NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(EpochReport, epoch, loss, gradient_norm, oscillation, evaluation,
                                   seconds_train, seconds_evaluate)

namespace {

using nlohmann::json;

constexpr int format = 1;

json bytes_of(const Tensor& tensor) {
  Tensor t = tensor.detach().cpu().contiguous();
  const auto* data = static_cast<const std::uint8_t*>(t.data_ptr());
  return json::binary({data, data + t.nbytes()});
}

json bytes_of(const std::vector<Tensor>& tensors) {
  json list = json::array();
  for (const auto& tensor : tensors) list.push_back(bytes_of(tensor));
  return list;
}

/// A tensor like `shape_of` with these bytes. Throws std::runtime_error when the sizes differ.
Tensor tensor_of(const json& bytes, const Tensor& shape_of) {
  const auto& data = bytes.get_binary();
  Tensor t = at::empty(shape_of.sizes(), shape_of.options().device(at::kCPU));
  if (data.size() != t.nbytes()) throw std::runtime_error("a tensor of another size");
  std::copy(data.begin(), data.end(), static_cast<std::uint8_t*>(t.data_ptr()));
  return t.to(shape_of.device());
}

std::vector<Tensor> tensors_of(const json& list, const std::vector<Tensor>& shapes_of) {
  if (list.size() != shapes_of.size()) throw std::runtime_error("another number of tensors");
  std::vector<Tensor> tensors;
  for (std::size_t i = 0; i < shapes_of.size(); ++i) tensors.push_back(tensor_of(list.at(i), shapes_of[i]));
  return tensors;
}

std::vector<Tensor> values_of(const tensor::ParameterSet& parameters) {
  std::vector<Tensor> values;
  for (const auto& parameter : parameters.all()) values.push_back(parameter.value.detach());
  return values;
}

}  // namespace

void Checkpoint::save(const tensor::ParameterSet& parameters, const Adam& adam,
                      const TrainingState& state) const {
  json document = {{"format", format},
                   {"id", id_},
                   {"values", bytes_of(values_of(parameters))},
                   {"moments", bytes_of(adam.moments())},
                   {"adam_steps", adam.steps()},
                   {"epoch", state.epoch},
                   {"step", state.step},
                   {"stale", state.stale},
                   {"best_epoch", state.best_epoch},
                   {"best", state.best},
                   {"best_values", bytes_of(state.best_values)},
                   {"best_metrics", state.best_metrics},
                   {"chance", state.chance},
                   {"reports", state.reports}};
  std::string content;
  json::to_cbor(document, content);
  base::write_atomically(path_, base::sha256(content) + content);
}

bool Checkpoint::load(tensor::ParameterSet& parameters, Adam& adam, TrainingState& state) const {
  if (!std::filesystem::exists(path_)) return false;
  try {
    const std::string file = base::read_file(path_);
    const std::string content = file.substr(std::min<std::size_t>(64, file.size()));
    if (file.compare(0, 64, base::sha256(content)) != 0) return false;
    const json document = json::from_cbor(content);
    if (document.at("format") != format || document.at("id") != id_) return false;
    const auto shapes = values_of(parameters);
    const auto values = tensors_of(document.at("values"), shapes),
               moments = tensors_of(document.at("moments"), adam.moments());
    TrainingState loaded;
    if (!document.at("best_values").empty())
      loaded.best_values = tensors_of(document.at("best_values"), shapes);
    document.at("epoch").get_to(loaded.epoch);
    document.at("step").get_to(loaded.step);
    document.at("stale").get_to(loaded.stale);
    document.at("best_epoch").get_to(loaded.best_epoch);
    document.at("best").get_to(loaded.best);
    document.at("best_metrics").get_to(loaded.best_metrics);
    document.at("chance").get_to(loaded.chance);
    document.at("reports").get_to(loaded.reports);
    adam.restore(moments, document.at("adam_steps"));
    at::NoGradGuard no_grad;
    for (std::size_t i = 0; i < values.size(); ++i) parameters.all()[i].value.copy_(values[i]);
    state = std::move(loaded);
    return true;
  } catch (const json::exception&) {
    return false;  // written by another version: begin again
  } catch (const std::runtime_error&) {
    return false;
  }
}

}  // namespace pebench::train
