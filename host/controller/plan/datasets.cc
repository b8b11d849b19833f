#include "host/controller/plan/datasets.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "host/base/error.h"
#include "host/contract/candidate_set.h"
#include "host/contract/fields.h"
#include "host/contract/metric.h"
#include "host/controller/data/catalogue.h"
#include "host/controller/order/known_order.h"
#include "host/data/dataset.h"
#include "host/data/split.h"
#include "host/examiner/given_negatives.h"

namespace pebench::plan {
namespace {

/// Refuses a user who leaves no item to be a negative: every trial would fail of it.
void check_negatives(const contract::Settings& settings, const data::Dataset& data,
                     const data::Split& split) {
  const auto& train = settings.train;
  if (train.epochs == 0 || train.objective == "softmax" || train.negatives_per == "batch") return;
  const auto counts = data::training_counts(data, split);
  const auto choices =
      train.negatives_from == "uniform"
          ? data.items()
          : std::count_if(counts.begin(), counts.end(), [](auto count) { return count > 0; });
  for (data::User user = 0; user < data.users(); ++user) {
    const auto trained = data.history(user).items.first(split.users[user].train_size);
    if (trained.size() < 2 || trained.size() < choices) continue;
    const std::set<data::Item> own(trained.begin(), trained.end());
    if (static_cast<std::int64_t>(own.size()) >= choices)
      throw base::InputError(fmt::format(
          "user '{}' has trained on every item that can be a negative, so that none is left; take out that "
          "user, use more items, another split, or train.objective = \"softmax\"",
          data.user_id(user)));
  }
}

/// Refuses a target that is to be ranked among given negatives and has none.
void check_given(const contract::Settings& settings, const data::Dataset& data, const data::Split& split) {
  const auto& sets = settings.protocol.candidates;
  const bool validates = settings.protocol.selection != "max_test" && settings.train.epochs > 0 &&
                         contract::Metric::parse(settings.train.select).candidates == "given";
  const bool tests =
      settings.eval.test != "none" && std::find(sets.begin(), sets.end(), "given") != sets.end();
  if (!validates && !tests) return;
  const examiner::GivenNegatives given(data, split);
  if (validates)
    for (const data::User user : split.validation_users())
      given.of(data.first_event(user) + split.users[user].validation);
  if (tests)
    for (const data::User user : split.test_users())
      given.of(data.first_event(user) + split.users[user].test);
}

/// Refuses settings that the data cannot serve: a pool larger than its items, a split without anything to
/// test.
void check(const contract::Settings& settings, const data::Dataset& data) {
  std::vector<std::string> sets = settings.protocol.candidates;
  sets.push_back(contract::Metric::parse(settings.train.select).candidates);
  for (const std::string& set : sets) {
    std::int64_t drawn = contract::CandidateSet::parse(set, settings.model.max_len).count;
    if (drawn >= data.items())
      throw base::InputError(
          fmt::format("it has {} items, too few for \"{}\", which draws {} beside the target; draw fewer in "
                      "protocol.candidates and train.select",
                      data.items(), set, drawn));
  }
  data::Split split = data::make_split(data, settings.eval.split);
  check_negatives(settings, data, split);
  check_given(settings, data, split);
  if (split.test_users().empty() || split.validation_users().empty())
    throw base::InputError(
        fmt::format("the split {} leaves no user to validate or to test; take another data set or eval.split",
                    settings.eval.split));
}

std::filesystem::path folder_of(const suite::Dataset& dataset, const suite::Suite& suite) {
  if (dataset.is_stood_in_for) {
    const auto whole = data::generated(*dataset.look_alike);
    return dataset.users ? data::reduced(whole, *dataset.users) : whole;
  }
  if (dataset.synthetic) return data::generated(*dataset.synthetic);
  const auto whole = data::imported(data::resolve(dataset.path, suite.folder()));
  return dataset.users ? data::reduced(whole, *dataset.users) : whole;
}

void measure_targets(const data::Dataset& data, PlannedDataset& planned) {
  std::int64_t arbitrary = 0, repeated = 0;
  for (data::User user = 0; user < data.users(); ++user) {
    const auto history = data.history(user);
    const auto n = history.size();
    if (n < 2 || history.times[n - 1] != history.times[n - 2]) continue;
    ++arbitrary;
    repeated += history.items[n - 1] == history.items[n - 2];
  }
  const auto users = static_cast<double>(std::max<std::int64_t>(1, data.users()));
  planned.share_of_arbitrary_targets = static_cast<double>(arbitrary) / users;
  planned.share_of_targets_repeated_at_once = static_cast<double>(repeated) / users;
}

/// Where it is known or takes seconds.
std::optional<order::Finding> test_order(const std::filesystem::path& folder) {
  const auto data = data::Dataset::open(folder, {});
  if (data.events() > order::Settings().most_events) return order::known_order(data);
  return order::order_of(data);
}

PlannedDataset open(const suite::Dataset& dataset, const suite::Suite& suite) {
  PlannedDataset planned;
  planned.name = dataset.name;
  planned.attributes = dataset.attributes;
  planned.context = dataset.context;
  planned.folder = folder_of(dataset, suite);
  contract::utf8_path(planned.folder);
  const auto data = data::Dataset::open(planned.folder, dataset.attributes, dataset.context);
  for (const suite::Variant& variant : suite.variants) {
    check(variant.settings, data);
    for (const auto& [encoding, settings] : variant.own) check(settings, data);
  }
  planned.hash = data.hash();
  planned.users = data.users();
  planned.items = data.items();
  planned.events = data.events();
  measure_targets(data, planned);
  planned.order = test_order(planned.folder);
  return planned;
}

bool is_absent(const suite::Dataset& dataset, const suite::Suite& suite) {
  return !dataset.published.empty() && !dataset.is_stood_in_for && !data::find(dataset.path, suite.folder());
}

std::string sentence_of(const suite::Dataset& dataset) {
  return fmt::format("data set \"{}\" is not here and left out: there is no '{}'; it is to be had so: {}",
                     dataset.name, dataset.path, dataset.published);
}

}  // namespace

std::vector<std::string> absent_datasets(const suite::Suite& suite) {
  std::vector<std::string> sentences;
  for (const suite::Dataset& dataset : suite.datasets)
    if (is_absent(dataset, suite)) sentences.push_back(sentence_of(dataset));
  return sentences;
}

std::vector<PlannedDataset> open_datasets(const suite::Suite& suite) {
  std::vector<PlannedDataset> planned;
  const auto absent = absent_datasets(suite);
  if (absent.size() == suite.datasets.size())
    throw base::InputError(
        fmt::format("{}: none of its data sets is here; {}; --smoke tries the suite without them",
                    suite.file.string(), absent.front()));
  for (const suite::Dataset& dataset : suite.datasets) {
    if (is_absent(dataset, suite)) continue;
    try {
      planned.push_back(open(dataset, suite));
    } catch (const base::InputError& error) {
      suite::refuse(dataset.place, fmt::format("data set \"{}\": {}", dataset.name, error.what()));
    }
  }
  return planned;
}

}  // namespace pebench::plan
