#include "host/controller/report/mixture.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/controller/report/results_folder.h"

namespace pebench::report {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class Mixtures : public Report {
 protected:
  /// A good trial, computed as the record's run and the rest of its identity say.
  void add_computed(std::uint64_t seed, const contract::Run& run,
                    nlohmann::json rest = nlohmann::json::object(),
                    const nlohmann::json& sweep = nlohmann::json::object(), const std::string& lists = {}) {
    contract::Record record;
    record.identity = std::move(rest);
    record.identity["seed"] = seed;
    record.id = base::sha256(record.identity.dump());
    lock_.trials.push_back({record.id, "beauty", "none", sweep, seed});
    record.run = run;
    record.result.metrics = {{"test.full.ndcg@10", 0.1}};
    if (!lists.empty()) {
      const contract::Ranks ranks{record.id, "expected", {0}, {{"full", 1, {"mrr"}, {0}, {0}, {9}, lists}}};
      contract::write_ranks(folder_.trial(record.id) / contract::ranks_file, ranks);
      record.result.ranks = contract::kept(ranks, {{"test", 1}});
    }
    contract::write_record(folder_.record(record.id), record);
  }
  std::vector<std::string> texts() {
    std::vector<std::string> texts;
    for (const Mixture& mixture : mixtures_of(reports()[0].study)) texts.push_back(text_of(mixture));
    return texts;
  }
};

contract::Run here() {
  contract::Run run;
  run.commit = "aaaa";
  run.libtorch = "1.13.1";
  run.cpu = "Some Processor avx2 avx512f";
  run.blas = "/usr/lib/libopenblas.so";
  return run;
}

TEST_F(Mixtures, AreNoneWhereAllWasComputedAlike) {
  contract::Run another_machine = here();
  another_machine.cpu = "Another Processor avx2 avx512f";
  another_machine.host = "elsewhere";
  add_computed(1, here());
  add_computed(2, another_machine);
  EXPECT_TRUE(texts().empty());
}

TEST_F(Mixtures, AreCountedTheLargestGroupFirst) {
  contract::Run other = here();
  other.commit = "0000";
  other.libtorch = "2.1.0";
  other.cpu = "Old Processor";
  other.blas = "/usr/lib/libblas.so";
  for (std::uint64_t seed = 1; seed <= 3; ++seed) add_computed(seed, here());
  add_computed(4, other);
  EXPECT_THAT(texts(),
              ::testing::ElementsAre(
                  "trials of different commits stand in one table: 3 of aaaa, 1 of 0000",
                  "trials of different versions of LibTorch stand in one table: 3 of 1.13.1, 1 of 2.1.0",
                  "trials of different instruction sets stand in one table: 3 of avx2 avx512f, 1 of no avx",
                  "trials of different BLAS libraries stand in one table: 3 of /usr/lib/libopenblas.so, 1 of "
                  "/usr/lib/libblas.so"));
  EXPECT_THAT(summary_reporter(false)(reports()), HasSubstr("3 of aaaa, 1 of 0000"));
  EXPECT_THAT(json_reporter()(reports()), HasSubstr("versions of LibTorch"));
}

TEST_F(Mixtures, ContractAndDeviceAreInTheIdentity) {
  add_computed(1, here(), {{"numeric_contract", 1}, {"settings", {{"train", {{"device", "cpu"}}}}}});
  add_computed(2, here(), {{"numeric_contract", 2}, {"settings", {{"train", {{"device", "cuda:0"}}}}}});
  EXPECT_THAT(texts(), ::testing::ElementsAre(
                           "trials of different numeric contracts stand in one table: 1 of 1, 1 of 2",
                           "trials of different devices stand in one table: 1 of cpu, 1 of cuda:0"));
}

TEST_F(Mixtures, OfFrozenListsOfCandidatesAreNamedAndOfRedrawnOnesExpected) {
  for (const char* evaluation_set : {"frozen", "redrawn"}) {
    lock_.trials.clear();
    const nlohmann::json rest = {{"settings", {{"protocol", {{"evaluation_set", evaluation_set}}}}}};
    add_computed(1, here(), rest, nlohmann::json::object(), "one list");
    add_computed(2, here(), rest, nlohmann::json::object(), "another list");
    const bool named = evaluation_set == std::string("frozen");
    EXPECT_EQ(texts().size(), named ? 1u : 0u) << evaluation_set;
  }
}

TEST_F(Mixtures, OfDifferentTablesAreNone) {
  for (const char* device : {"cpu", "cuda:0"})
    add_computed(1, here(), {{"settings", {{"train", {{"device", device}}}}}}, {{"train.device", device}});
  EXPECT_TRUE(texts().empty());
}

TEST_F(Mixtures, OfTrialsThatFailedSayNothing) {
  add_computed(1, here());
  auto failed = plan("beauty", "none", 2);
  failed.run.commit = "0000";
  add_failed(failed, contract::Status::crashed, "why");
  EXPECT_TRUE(texts().empty());
}

}  // namespace
}  // namespace pebench::report
