// compat_runner HOST LIBRARY[?key=value]...: every encoder of the libraries in a model of this host, or of
// this host as one of another version: "own", or "1.<minor>" for a host that offers only what that version
// shipped, or "garbage" for one whose newer members are full of it. Prints a line "library TAB encoder TAB
// runs TAB digest" each, of all numbers of training and ranking, or "... TAB refused TAB reason". matrix.py
// makes the table of it.

#include <cstdio>
#include <filesystem>
#include <optional>
#include <stdexcept>

#include "host/base/error.h"
#include "host/base/hash.h"
#include "host/plugin/library.h"
#include "host/plugin/options.h"
#include "host/worker/backbone/carca/ranker.h"
#include "host/worker/plugin/plugin_encoding.h"
#include "host/worker/train/windows.h"
#include "tests/compat/presented.h"

#define FROZEN(minor) extern "C" const std::size_t frozen_sizes_##minor[5];
FROZEN_MINORS
#undef FROZEN

namespace pebench::compat {
namespace {

Sizes shipped_with(std::uint32_t minor) {
  const std::size_t* const all[] = {
#define FROZEN(minor) frozen_sizes_##minor,
      FROZEN_MINORS
#undef FROZEN
  };
  if (minor >= std::size(all))
    throw std::runtime_error("no version 1." + std::to_string(minor) + " was shipped");
  const std::size_t* sizes = all[minor];
  return {sizes[0], sizes[1], sizes[2], sizes[3], sizes[4]};
}

train::Events events(const std::vector<std::int64_t>& items) {
  train::Events made;
  for (auto item : items) {
    made.items.push_back(item);
    made.times.push_back(86400 * static_cast<std::int64_t>(made.times.size()) + 60 * item);
    for (int k = 0; k < 6; ++k) made.context.push_back(0.1 * static_cast<double>((item * (k + 3)) % 7));
  }
  return made;
}

carca::Config config(bool cross) {
  carca::Config made;
  made.items = 9;
  made.width = 8;
  made.heads = 2;
  made.blocks = 2;
  made.max_len = 5;
  made.dropout = 0.25;
  made.encode_cross_attention = cross;
  return made;
}

/// Logits, gradients and rankings of one model with the encoding in its slot, all in a row.
Tensor numbers(const peb_encoder& encoder, const std::vector<peb_value>& values, const peb_host& host,
               bool cross) {
  const auto sizes = config(cross);
  tensor::ParameterSet parameters(5, at::TensorOptions(at::kDouble));
  backbone::ItemAttributes attributes;
  attributes.offsets.assign(sizes.items + 2, 0);
  carca::Carca model(sizes, parameters, attributes);
  plugin::PluginEncoding encoding(encoder, values, sizes, parameters, host);
  model.set_encoding(&encoding);
  const train::WindowMaker windows(model);

  const auto batch = windows.training({{events({1, 2, 3, 4, 5}), events({2, 3, 4, 5, 6}), {7, 8, 9, 7, 8}},
                                       {events({9, 2}), events({2, 4}), {6, 1}},
                                       {events({8}), events({3}), {5}}});
  auto pass = model.begin(batch.distinct, tensor::Randomness(base::Stream(3, "dropout"), true));
  std::vector<Tensor> found;
  Tensor loss = at::zeros({}, parameters.options());
  for (const auto& bucket : batch.buckets) {
    const auto profile = model.profile(pass, bucket.profile);
    const auto logits = model.train(pass, profile, bucket.targets, {bucket.negatives()});
    loss = loss + model.loss_sum(logits, bucket.targets.mask);
    found.push_back(logits.target);
    found.push_back(logits.negatives[0]);
  }
  loss.backward();
  for (const auto& parameter : parameters.all()) {
    found.push_back(parameter.value);
    if (parameter.value.grad().defined()) found.push_back(parameter.value.grad());
  }
  carca::Ranker ranker(model);
  found.push_back(
      ranker.all(windows.evaluation({{events({1, 2, 3}), std::vector<double>(6, 0.5), 400000},
                                     {events({4, 5, 6, 7, 8}), std::vector<double>(6, 0.25), 500000}})));
  for (auto& tensor : found) tensor = tensor.detach().flatten();
  return at::cat(found);
}

std::string digest(const Tensor& tensor) {
  const Tensor flat = tensor.contiguous();
  return base::sha256({static_cast<const char*>(flat.data_ptr()), flat.nbytes()}).substr(0, 16);
}

std::string one_line(std::string text) {
  for (char& c : text)
    if (c == '\n' || c == '\t') c = ' ';
  return text;
}

class Runner {
 public:
  explicit Runner(const std::string& name) {
    if (name == "own")
      return;
    else if (name == "garbage")
      presented_.emplace(plugin::host(), PEB_ABI_MINOR, shipped_with(PEB_ABI_MINOR - 1), Extent::today);
    else {
      const auto minor = static_cast<std::uint32_t>(std::stoul(name.substr(2)));
      presented_.emplace(plugin::host(), minor, shipped_with(minor), Extent::shipped);
    }
  }

  void run(const std::string& argument) {
    const auto mark = argument.find('?');
    const std::filesystem::path path = argument.substr(0, mark);
    const std::string stem = path.stem().string();
    try {
      const peb_host& host = presented_ ? presented_->host() : plugin::host();
      const auto library = plugin::Library::load(path, host);
      for (const auto& encoder : library.descriptor().encoders) {
        std::printf("%s\t%s\t", stem.c_str(), encoder.id.c_str());
        std::fflush(stdout);  // who crashes is then known
        try {
          const plugin::OptionValues values(encoder, plugin::with_defaults(encoder, options(argument, mark)));
          const peb_encoder real = library.table(encoder.id);
          const peb_encoder shown = presented_ ? presented_->encoder(real) : real;
          Tensor both = at::cat(
              {numbers(shown, values.values(), host, true), numbers(shown, values.values(), host, false)});
          std::printf("runs\t%s\n", digest(both).c_str());
        } catch (const std::exception& error) {
          std::printf("refused\t%s\n", one_line(error.what()).c_str());
        }
      }
    } catch (const base::InputError& error) {
      std::printf("%s\t%s\trefused\t%s\n", stem.c_str(), stem.c_str(), one_line(error.what()).c_str());
    }
    std::fflush(stdout);
  }

 private:
  static nlohmann::json options(const std::string& argument, std::size_t mark) {
    if (mark == std::string::npos) return nlohmann::json::object();
    const auto equals = argument.find('=', mark);
    return {{argument.substr(mark + 1, equals - mark - 1), argument.substr(equals + 1)}};
  }

  std::optional<Presented> presented_;
};

}  // namespace
}  // namespace pebench::compat

int main(int argc, char** argv) {
  at::set_num_threads(1);
  pebench::compat::Runner runner(argv[1]);
  for (int i = 2; i < argc; ++i) runner.run(argv[i]);
}
