#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "host/base/hash.h"
#include "host/contract/rank_file.h"
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
