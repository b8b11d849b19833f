#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "host/base/hash.h"
#include "host/base/random.h"
#include "host/contract/rank_file.h"
#include "host/contract/recommendation_file.h"
#include "host/controller/report/reporter.h"
#include "tests/unit/support/temporary_folder.h"

namespace pebench::report {

/// A results folder made record by record.
class Report : public ::testing::Test {
 protected:
  Report() {
    lock_.suite = "example";
    lock_.baseline = "none";
    lock_.primary = "test.full.ndcg@10";
  }

  contract::Record plan(const std::string& dataset, const std::string& encoding, std::uint64_t seed,
                        const nlohmann::json& sweep = nlohmann::json::object()) {
    contract::Record record;
    record.identity = {{"dataset", dataset}, {"encoding", encoding}, {"seed", seed}, {"sweep", sweep}};
    record.id = base::sha256(record.identity.dump());
    lock_.trials.push_back({record.id, dataset, encoding, sweep, seed});
    return record;
  }

  void add_good(contract::Record record, double hr, double ndcg) {
    record.result.metrics = {
        {"test.full.hr@10", hr}, {"test.full.ndcg@10", ndcg}, {"test.full.mrr", ndcg / 2}};
    record.result.chance.insert({{"test.full.hr@10", 0.001}, {"test.full.ndcg@10", 0.0005}});
    record.result.baselines["popularity"] = {{"test.full.hr@10", 0.02}, {"test.full.ndcg@10", 0.01}};
    record.result.parameters = {123456, 90};
    record.run.seconds.total = 100 * hr;
    contract::write_record(folder_.record(record.id), record);
  }

  /// A trial with this value of the primary metric and a validation above (or at) chance.
  void add(const std::string& dataset, const std::string& encoding, std::uint64_t seed, double value,
           const nlohmann::json& sweep = nlohmann::json::object(), bool at_chance = false) {
    contract::Record record;
    record.identity = {{"dataset", dataset},
                       {"encoding", encoding},
                       {"seed", seed},
                       {"sweep", sweep},
                       {"settings", {{"train", {{"select", "valid.full.ndcg@10"}}}}}};
    record.id = base::sha256(record.identity.dump());
    lock_.trials.push_back({record.id, dataset, encoding, sweep, seed});
    record.result.metrics = {{lock_.primary, value}, {"valid.full.ndcg@10", at_chance ? 0.01 : 0.02}};
    record.result.chance = {{lock_.primary, 0.01}, {"valid.full.ndcg@10", 0.01}};
    contract::write_record(folder_.record(record.id), record);
  }

  /// A trial whose users each get the items 1 to 10 in order, but for so many places that are drawn anew.
  void recommend(const std::string& encoding, std::uint64_t seed, int redrawn, std::uint32_t first_user = 0) {
    contract::Record record = plan("beauty", encoding, seed);
    contract::Recommendations lists{record.id, 3, {}, std::vector<contract::Column>(10)};
    base::Stream random(seed, "test", encoding);
    for (std::uint32_t u = 0; u < 30; ++u) {
      lists.users.push_back(first_user + u);
      for (std::uint32_t place = 0; place < 10; ++place) lists.places[place].push_back(place + 1);
      for (int i = 0; i < redrawn; ++i)
        lists.places[random.below(10)][u] = static_cast<std::uint32_t>(100 + random.below(100'000));
    }
    record.result.recommendations = contract::kept(lists);
    contract::write_recommendations(folder_.trial(record.id) / contract::recommendations_file, lists);
    add_good(record, 0.1, 0.05 + 0.001 * static_cast<double>(seed));
  }

  void add_failed(contract::Record record, contract::Status status, const std::string& reason) {
    record.result.status = status;
    record.result.reason = reason;
    contract::write_record(folder_.record(record.id), record);
  }

  std::vector<SuiteReport> reports() {
    results::write_lock(folder_.lock(), lock_);
    return {make_report(folder_)};
  }

  TemporaryFolder temporary_;
  contract::SuiteFolder folder_{temporary_.path() / "example"};
  results::SuiteLock lock_;
};

}  // namespace pebench::report
