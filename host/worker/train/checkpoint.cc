#include "host/worker/train/checkpoint.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <numeric>

#include "host/base/error.h"
#include "host/base/file.h"
#include "host/base/hash.h"

namespace pebench::train {

NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(EpochReport, epoch, loss, gradient_norm, encoding_gradient, oscillation,
                                   evaluation, seconds_train, seconds_evaluate)

namespace {

using nlohmann::json;

constexpr int format = 3;

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
  if (data.size() != t.nbytes()) throw std::runtime_error("it has a tensor of another size");
  std::copy(data.begin(), data.end(), static_cast<std::uint8_t*>(t.data_ptr()));
  return t.to(shape_of.device());
}

std::vector<Tensor> tensors_of(const json& list, const std::vector<Tensor>& shapes_of) {
  if (list.size() != shapes_of.size()) throw std::runtime_error("it has another number of tensors");
  std::vector<Tensor> tensors;
  for (std::size_t i = 0; i < shapes_of.size(); ++i) tensors.push_back(tensor_of(list.at(i), shapes_of[i]));
  return tensors;
}

json bytes_of(const std::vector<contract::RankedSet>& ranks) {
  std::vector<std::uint32_t> users(ranks.empty() ? 0 : ranks.front().better.size());
  std::iota(users.begin(), users.end(), 0);
  const std::string bytes = contract::bytes_of({{}, {}, users, ranks});
  return json::binary({bytes.begin(), bytes.end()});
}

std::vector<contract::RankedSet> ranks_of(const json& bytes) {
  const auto& data = bytes.get_binary();
  return contract::ranks_of({reinterpret_cast<const char*>(data.data()), data.size()}, "the checkpoint").sets;
}

std::vector<Tensor> values_of(const tensor::ParameterSet& parameters) {
  std::vector<Tensor> values;
  for (const auto& parameter : parameters.all()) values.push_back(parameter.value.detach());
  return values;
}

/// Where two origins differ, in words; empty if nowhere.
std::string difference_between(const Checkpoint::Origin& written, const Checkpoint::Origin& here) {
  for (const auto& [what, which] : here) {
    const auto found = written.find(what);
    if (found == written.end() || found->second != which)
      return fmt::format("it is of another {} ({}; here it is {})", what,
                         found == written.end() ? "unknown" : found->second, which);
  }
  return {};
}

}  // namespace

void Checkpoint::save(const tensor::ParameterSet& parameters, const Adam& adam,
                      const TrainingState& state) const {
  json document = {{"format", format},
                   {"origin", origin_},
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
                   {"best_ranks", bytes_of(state.best_ranks)},
                   {"reports", state.reports}};
  std::string content;
  json::to_cbor(document, content);
  base::write_atomically(path_, base::sha256(content) + content);
}

Checkpoint::Loaded Checkpoint::load(tensor::ParameterSet& parameters, Adam& adam,
                                    TrainingState& state) const {
  if (!std::filesystem::exists(path_)) return {};
  const Loaded damaged{false, "it is damaged"},
      of_another_version{false, "another version of pebench wrote it"};
  try {
    const std::string file = base::read_file(path_);
    const std::string content = file.substr(std::min<std::size_t>(64, file.size()));
    if (file.compare(0, 64, base::sha256(content)) != 0) return damaged;
    const json document = json::from_cbor(content);
    if (document.at("format") != format) return of_another_version;
    const std::string difference = difference_between(document.at("origin").get<Origin>(), origin_);
    if (!difference.empty()) return {false, difference};
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
    loaded.best_ranks = ranks_of(document.at("best_ranks"));
    document.at("reports").get_to(loaded.reports);
    adam.restore(moments, document.at("adam_steps"));
    at::NoGradGuard no_grad;
    for (std::size_t i = 0; i < values.size(); ++i) parameters.all()[i].value.copy_(values[i]);
    state = std::move(loaded);
    return {true, {}};
  } catch (const json::exception&) {
    return of_another_version;
  } catch (const std::runtime_error& error) {
    return {false, error.what()};
  }
}

}  // namespace pebench::train
