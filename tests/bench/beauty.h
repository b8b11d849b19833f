#pragma once

#include <algorithm>
#include <ctime>
#include <functional>
#include <memory>

#include "host/worker/backbone/carca/ranker.h"
#include "host/worker/train/adam.h"
#include "host/worker/train/windows.h"

namespace pebench {

/// Random data of Amazon Beauty's size.
inline constexpr std::int64_t items = 12101, attributes = 643, users = 256;

inline carca::Config beauty(bool fast) {
  carca::Config config;
  config.items = items;
  config.width = 90;
  config.heads = 1;
  config.blocks = 3;
  config.max_len = 75;
  config.dropout = 0.5;
  config.item_max_norm = 1e-4;
  config.encode_cross_attention = true;
  config.fast = fast;
  return config;
}

inline backbone::ItemAttributes four_attributes_each() {
  backbone::ItemAttributes made;
  made.sparse_width = attributes;
  made.offsets = {0, 0};
  base::Stream stream(1, "bench", "attributes");
  for (std::int64_t v = 1; v <= items; ++v) {
    for (int i = 0; i < 4; ++i) made.ids.push_back(static_cast<std::int64_t>(stream.below(attributes)));
    made.offsets.push_back(static_cast<std::int64_t>(made.ids.size()));
  }
  return made;
}

inline train::Events random_events(base::Stream& stream, std::int64_t count) {
  train::Events events;
  std::int64_t time = 0;
  for (std::int64_t i = 0; i < count; ++i) {
    events.items.push_back(static_cast<std::int64_t>(1 + stream.below(items)));
    events.times.push_back(time += 86400 * (i % 7));
    for (int k = 0; k < 6; ++k) events.context.push_back(stream.uniform());
  }
  return events;
}

/// Lengths like Beauty's: at least 2, median about 4, a long tail cut at 75.
inline std::int64_t random_length(base::Stream& stream) {
  std::int64_t length = 2;
  while (length < 75 && stream.uniform() < 0.8) ++length;
  return length;
}

/// CARCA with its optimizer, and a batch of users. An encoding declares its parameters before Adam is made,
/// so it comes as a function of configuration and parameters; null for none.
struct Bench {
  using MakeEncoding =
      std::function<std::unique_ptr<backbone::Encoding>(const carca::Config&, tensor::ParameterSet&)>;
  explicit Bench(bool fast, const MakeEncoding& make_encoding = {})
      : config(beauty(fast)),
        parameters(1, at::TensorOptions(at::kFloat)),
        model(config, parameters, four_attributes_each()),
        encoding(make_encoding ? make_encoding(config, parameters) : nullptr),
        windows(with_encoding()),
        adam(parameters, {}) {
    at::set_num_threads(1);
    base::Stream stream(2, "bench", "rows");
    for (std::int64_t u = 0; u < users; ++u) {
      const auto length = random_length(stream);
      auto profile = random_events(stream, length), target = random_events(stream, length);
      evaluation.push_back({profile, std::vector<double>(6, 0.5), 0});
      training.push_back({profile, target, random_events(stream, length).items});
    }
  }

  /// One step: forward, backward, Adam.
  void train() {
    auto batch = windows.training(training);
    adam.zero_gradients();
    model.loss(batch, tensor::Randomness(base::Stream(1, "dropout").at(step++), true)).backward();
    adam.step(1e-4);
  }

  const carca::Carca& with_encoding() {
    model.set_encoding(encoding.get());
    return model;
  }

  carca::Config config;
  tensor::ParameterSet parameters;
  carca::Carca model;
  std::unique_ptr<backbone::Encoding> encoding;
  train::WindowMaker windows;
  train::Adam adam;
  std::vector<train::TrainingRow> training;
  std::vector<train::EvaluationRow> evaluation;
  std::uint64_t step = 0;
};

/// Of the processor, so that what else runs on the machine counts little.
template <class Work>
double seconds_of(const Work& work) {
  const std::clock_t start = std::clock();
  work();
  return static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
}

inline double seconds_of_step(Bench& bench) {
  return seconds_of([&] { bench.train(); });
}

/// All items for every user, in batches as an evaluation has them, with what is prepared once per evaluation.
inline double seconds_of_ranking(Bench& bench) {
  constexpr std::size_t batch = 128;
  return seconds_of([&] {
    carca::Ranker ranker(bench.model);
    for (std::size_t first = 0; first < bench.evaluation.size(); first += batch)
      ranker.all(bench.windows.evaluation(
          {bench.evaluation.begin() + static_cast<std::ptrdiff_t>(first),
           bench.evaluation.begin() +
               static_cast<std::ptrdiff_t>(std::min(first + batch, bench.evaluation.size()))}));
  });
}

}  // namespace pebench
