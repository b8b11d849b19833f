#include "host/controller/plan/datasets.h"

#include <fmt/format.h>

#include "host/base/error.h"
#include "host/contract/fields.h"
#include "host/contract/metric.h"
#include "host/controller/data/catalogue.h"
#include "host/data/dataset.h"
#include "host/data/split.h"
#include "host/examiner/candidates.h"

namespace pebench::plan {
namespace {

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
  if (split.test_users().empty() || split.validation_users().empty())
    throw base::InputError(
        fmt::format("the split {} leaves no user to validate or to test; take another data set or eval.split",
                    settings.eval.split));
}

std::filesystem::path folder_of(const suite::Dataset& dataset, const suite::Suite& suite) {
  if (dataset.synthetic) return data::generated(*dataset.synthetic);
  const auto whole = data::imported(data::resolve(dataset.path, suite.folder()));
  return dataset.users ? data::reduced(whole, *dataset.users) : whole;
}

PlannedDataset open(const suite::Dataset& dataset, const suite::Suite& suite) {
  PlannedDataset planned;
  planned.name = dataset.name;
  planned.attributes = dataset.attributes;
  planned.folder = folder_of(dataset, suite);
  contract::utf8_path(planned.folder);
  const auto data = data::Dataset::open(planned.folder, dataset.attributes);
  for (const suite::Variant& variant : suite.variants) check(variant.settings, data);
  planned.hash = data.hash();
  planned.users = data.users();
  planned.items = data.items();
  planned.events = data.events();
  return planned;
}

}  // namespace

std::vector<PlannedDataset> open_datasets(const suite::Suite& suite) {
  std::vector<PlannedDataset> planned;
  for (const suite::Dataset& dataset : suite.datasets) {
    try {
      planned.push_back(open(dataset, suite));
    } catch (const base::InputError& error) {
      suite::refuse(dataset.place, fmt::format("data set \"{}\": {}", dataset.name, error.what()));
    }
  }
  return planned;
}

}  // namespace pebench::plan
