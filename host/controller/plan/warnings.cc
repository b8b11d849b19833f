#include "host/controller/plan/warnings.h"

#include <fmt/format.h>

#include <algorithm>

#include "host/backbone/takes.h"
#include "host/controller/order/order_text.h"
#include "host/data/dataset.h"

namespace pebench::plan {
namespace {

constexpr double worth_a_word = 0.01;  // of the targets

/// Whether a stream of random numbers has anything to decide under these settings.
bool decides(const std::string& purpose, const contract::Settings& settings) {
  if (purpose == "init") return true;
  if (settings.train.epochs == 0) return false;
  return purpose != "dropout" || settings.model.dropout > 0;
}

bool varies(const std::vector<std::string>& purposes, const contract::Settings& settings) {
  return settings.protocol.evaluation_set == "redrawn" ||
         std::any_of(purposes.begin(), purposes.end(),
                     [&](const std::string& purpose) { return decides(purpose, settings); });
}

void add_copies(const suite::Suite& suite, std::vector<std::string>& sentences) {
  if (suite.seeds.size() < 2) return;
  for (const suite::Variant& variant : suite.variants) {
    if (varies(suite.vary, variant.settings)) continue;
    sentences.push_back(
        fmt::format("nothing varies between the seeds{}: seeds.vary is {}, which decides nothing with "
                    "dropout {} and {} epochs; the "
                    "trials of an encoding are copies and count as one",
                    variant.sweep.empty() ? "" : " with " + variant.sweep.dump(), fmt::join(suite.vary, ", "),
                    variant.settings.model.dropout, variant.settings.train.epochs));
    return;
  }
}

/// "" for all variants, else the first of them and how many more.
std::string under(const std::vector<const suite::Variant*>& some, std::size_t of_all) {
  if (some.size() == of_all) return {};
  const std::string more = some.size() == 1 ? "" : fmt::format(" and {} more", some.size() - 1);
  return fmt::format(" (under {}{})", some.front()->sweep.dump(), more);
}

/// Full attention while training, where there is training.
void add_leak(const suite::Suite& suite, std::vector<std::string>& sentences) {
  std::vector<const suite::Variant*> leaking;
  for (const suite::Variant& variant : suite.variants)
    if (variant.settings.protocol.attention == "full" && variant.settings.train.epochs > 0)
      leaking.push_back(&variant);
  if (!leaking.empty())
    sentences.push_back(fmt::format(
        "attention = \"full\"{}: while training, every target but the newest is among the events that it is "
        "predicted from, which it never is in ranking; \"causal\" and \"prefix\" do not show it",
        under(leaking, suite.variants.size())));
}

/// "rope (train.lr = 0.003), none (model.width = 32)"
void add_own_settings(const suite::Suite& suite, std::vector<std::string>& sentences) {
  std::vector<std::string> own;
  for (const suite::Encoding& encoding : suite.encodings) {
    std::vector<std::string> settings;
    for (const auto& [key, value] : encoding.own.items())
      settings.push_back(fmt::format("{} = {}", key, value.dump()));
    if (!settings.empty()) own.push_back(fmt::format("{} ({})", encoding.name, fmt::join(settings, ", ")));
  }
  if (!own.empty())
    sentences.push_back(fmt::format("encodings have settings of their own, and are compared with these: {}",
                                    fmt::join(own, "; ")));
}

/// What is named for a data set and shown to no model.
void add_unseen(const suite::Suite& suite, std::vector<std::string>& sentences) {
  for (const suite::Variant& variant : suite.variants) {
    if (backbone::sees_attributes(variant.settings)) return;
    for (const auto& [encoding, own] : variant.own)
      if (backbone::sees_attributes(own)) return;
  }
  for (const suite::Dataset& dataset : suite.datasets) {
    std::vector<std::string> unseen = dataset.attributes;
    for (const std::string& feature : dataset.context)
      if (feature != data::date_context) unseen.push_back(feature);
    if (!unseen.empty())
      sentences.push_back(
          fmt::format("{}: {} {} seen by no model here: backbone = \"carca\" alone sees attributes "
                      "of items and features of events",
                      dataset.name, fmt::join(unseen, ", "), unseen.size() == 1 ? "is" : "are"));
  }
}

}  // namespace

std::vector<std::string> warnings(const suite::Suite& suite, const std::vector<PlannedDataset>& datasets) {
  std::vector<std::string> sentences = absent_datasets(suite);
  add_copies(suite, sentences);
  add_leak(suite, sentences);
  add_own_settings(suite, sentences);
  add_unseen(suite, sentences);
  for (const PlannedDataset& dataset : datasets) {
    if (dataset.share_of_arbitrary_targets > worth_a_word)
      sentences.push_back(
          fmt::format("{}: for {:.0f} % of the users the last two events have the same time, so that the "
                      "order of lines in the file "
                      "decides which one is the target; `pebench data import --line-order ignore` makes it "
                      "chance, the same for every file",
                      dataset.name, 100 * dataset.share_of_arbitrary_targets));
    if (dataset.share_of_targets_repeated_at_once > worth_a_word)
      sentences.push_back(fmt::format(
          "{}: for {:.0f} % of the users the last event repeats the item of the one before at the same time, "
          "so that the target is known; look whether the file has rows twice",
          dataset.name, 100 * dataset.share_of_targets_repeated_at_once));
    if (dataset.order)
      if (const auto warning = order::warning(*dataset.order))
        sentences.push_back(fmt::format("{}: {}", dataset.name, *warning));
  }
  return sentences;
}

}  // namespace pebench::plan
