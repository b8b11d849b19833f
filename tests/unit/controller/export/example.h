#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "host/base/hash.h"
#include "host/contract/rank_file.h"
#include "host/contract/recommendation_file.h"
#include "host/controller/export/export.h"
#include "host/controller/results/suite_lock.h"
#include "tests/unit/support/temporary_folder.h"

namespace pebench::exporting {

/// Results of three trials: one that went well, with ranks, one that crashed, and one that has not been run.
class Example : public ::testing::Test {
 protected:
  Example() {
    lock_.suite = "example";
    lock_.text = "# Says \"what\", and why?\nschema = 1\n";
    lock_.baseline = "none";
    lock_.primary = "test.full.ndcg@10";
    write(good());
    contract::Record crashed = planned("rope, \"turned\"", 2);
    crashed.result.status = contract::Status::crashed;
    crashed.result.reason = "it ended by SIGSEGV:\n\"see log.txt\"";
    crashed.result.signal = 11;
    write(crashed);
    planned("rope, \"turned\"", 3);
    results::write_lock(folder_.lock(), lock_);
  }

  contract::Record planned(const std::string& encoding, std::uint64_t seed) {
    const nlohmann::json sweep = {{"variant", "clean"}, {"model.max_len", 20}};
    contract::Record record;
    record.identity = {
        {"seed", seed},
        {"encoder", {{"id", encoding}, {"options", {{"base", 10000.0}}}}},
        {"settings", {{"model", {{"blocks", 2}, {"item_max_norm", nullptr}}}, {"eval", {{"k", {5, 10}}}}}}};
    record.id = base::sha256(record.identity.dump());
    record.run.suite = "example";
    lock_.trials.push_back({record.id, "beauty", encoding, sweep, seed});
    return record;
  }

  contract::Record good() {
    contract::Record record = planned("none", 1);
    record.result.chosen_epoch = 1;
    record.result.metrics = {{"test.full.mrr", 0.75}, {"valid.full.mrr", 0.1 + 0.2}};
    record.result.chance = {{"test.full.mrr", 0.01}};
    record.result.baselines["markov"] = {{"test.full.mrr", 0.25}};
    record.result.epochs = {{1, 3.5, 1.25, 0.5, {{"valid.full.mrr", 0.1 + 0.2}}, 0.125},
                            {2, 3.25, 1, 0.25, {}}};
    record.result.parameters = {1000, 10};
    const contract::Ranks ranks{
        record.id, "expected", {3, 7}, {{"full", 1, {"mrr"}, {0, 1}, {0, 0}, {99, 98}, "l"}}};
    record.result.ranks = contract::kept(ranks, {{"test", 2}});
    contract::write_ranks(folder_.trial(record.id) / contract::ranks_file, ranks);
    const contract::Recommendations best{record.id, 1, {3, 7}, {{50, 60}, {51, 0}}};
    record.result.recommendations = contract::kept(best);
    contract::write_recommendations(folder_.trial(record.id) / contract::recommendations_file, best);
    record.run.seconds = {12.5, 10, 5, 2};
    record.run.memory_peak_bytes = 5'000'000'000;
    record.run.started = "2026-05-14T10:15:30Z";
    record.run.finished = "2026-05-14T10:15:43Z";
    record.run.host = "here";
    record.run.commit = "4be1c2d09a3f";
    record.run.attempts = record.run.threads = 1;
    return record;
  }

  void write(const contract::Record& record) const {
    contract::write_record(folder_.record(record.id), record);
  }

  Exported export_to(const std::filesystem::path& out, Format format, bool ranks = false) const {
    return export_results({folder_}, {format, out, ranks});
  }

  /// What lies beside the suite's folder: whatever an export left.
  std::vector<std::string> left() const {
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(temporary_.path()))
      if (entry.path() != folder_.path()) names.push_back(entry.path().filename());
    return names;
  }

  TemporaryFolder temporary_;
  contract::SuiteFolder folder_{temporary_.path() / "example"};
  results::SuiteLock lock_;
};

}  // namespace pebench::exporting
